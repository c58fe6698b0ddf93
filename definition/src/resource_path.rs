//! A resource's path and a request's path → whether they fit, and how closely.

/// `/pets/{petId}/{proxy+}`
pub(crate) struct ResourcePath<'p>(&'p str);

/// How closely a segment fits; the closest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Closeness {
    Literal,
    Parameter,
    Greedy,
}

impl<'p> ResourcePath<'p> {
    pub(crate) fn new(path: &'p str) -> ResourcePath<'p> {
        ResourcePath(path)
    }

    /// How closely each segment fits; none where the path is that of another resource. Slashes at both ends do not count.
    pub(crate) fn rank(&self, path: &str) -> Option<Vec<Closeness>> {
        let mut rank = Vec::new();
        let mut rest = path.trim_matches('/');
        for segment in self.0.split('/').filter(|segment| !segment.is_empty()) {
            let (part, behind) = rest.split_once('/').unwrap_or((rest, ""));
            let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match name {
                Some(name) if name.ends_with('+') => {
                    rank.push(Closeness::Greedy);
                    return (!rest.is_empty()).then_some(rank);
                }
                _ if part.is_empty() => return None,
                Some(_) => rank.push(Closeness::Parameter),
                None if segment == part => rank.push(Closeness::Literal),
                None => return None,
            }
            rest = behind;
        }
        rest.is_empty().then_some(rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_fits_or_not() {
        let rank = |resource: &'static str, path: &str| ResourcePath::new(resource).rank(path);
        assert_eq!(rank("/a/{b}", "//a/1/"), Some(vec![Closeness::Literal, Closeness::Parameter]));
        assert_eq!(rank("/", "/"), Some(vec![]));
        assert_eq!(rank("/{proxy+}", "/a//b"), Some(vec![Closeness::Greedy]));
        for (resource, path) in [("/", "/a"), ("/a", "/"), ("/{proxy+}", "/"), ("/{a}", "/1/2")] {
            assert_eq!(rank(resource, path), None, "{resource} {path}");
        }
    }
}
