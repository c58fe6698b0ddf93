//! The parameters of a request, as `$input.params` sees them.

/// Path, query string and header parameters: decoded, one value a name, in the order in which they should be listed.
///
/// ```
/// use transom::{Params, Template, Variables};
///
/// let params = Params { path: vec![("id".into(), "42".into())], ..Params::default() };
/// let template = Template::new("$input.params('id') $input.params().path.id")?;
/// assert_eq!(template.render(&Variables::new().params(&params))?.output, "42 42");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Path parameters
    pub path: Vec<(String, String)>,
    /// Query string parameters, the last value of each name
    pub querystring: Vec<(String, String)>,
    /// Headers, names as the client spelled them
    pub header: Vec<(String, String)>,
}

impl Params {
    /// The value of a parameter: from the path, else from the query string, else from the headers.
    pub fn get(&self, name: &str) -> Option<&str> {
        let lists = [&self.path, &self.querystring, &self.header];
        lists.into_iter().flatten().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}
