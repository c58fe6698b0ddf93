//! A template of a gateway response → a body: variables are put in, directives are text. It is not VTL.

/// What a template or a header's source names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable<'n> {
    /// `context.identity.sourceIp`: the path behind `context.`
    Context(&'n str),
    /// `stageVariables.a`
    StageVariable(&'n str),
    /// `method.request.header.a`
    Header(&'n str),
    /// `method.request.path.a`
    Path(&'n str),
    /// `method.request.querystring.a`
    Querystring(&'n str),
    /// `method.request.multivalueheader.a`
    MultivalueHeader(&'n str),
    /// `method.request.multivaluequerystring.a`
    MultivalueQuerystring(&'n str),
}

impl<'n> Variable<'n> {
    /// Reads a name without a sigil.
    fn parse(text: &'n str) -> Option<Variable<'n>> {
        type Kind<'n> = fn(&'n str) -> Variable<'n>;
        let kinds: [(&str, Kind<'n>); 7] = [
            ("context.", Variable::Context),
            ("stageVariables.", Variable::StageVariable),
            ("method.request.header.", Variable::Header),
            ("method.request.path.", Variable::Path),
            ("method.request.querystring.", Variable::Querystring),
            ("method.request.multivalueheader.", Variable::MultivalueHeader),
            ("method.request.multivaluequerystring.", Variable::MultivalueQuerystring),
        ];
        let (prefix, kind) = kinds.into_iter().find(|(prefix, _)| text.starts_with(prefix))?;
        Some(&text[prefix.len()..]).filter(|name| !name.is_empty()).map(kind)
    }
}

/// A variable that owns its name.
#[derive(Clone, Debug)]
pub(super) struct OwnedVariable(String);

impl OwnedVariable {
    pub(super) fn parse(text: &str) -> Option<OwnedVariable> {
        Variable::parse(text).map(|_| OwnedVariable(text.to_owned()))
    }

    pub(super) fn as_ref(&self) -> Variable<'_> {
        Variable::parse(&self.0).expect("it was read before")
    }
}

/// A template in pieces.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Variable(OwnedVariable),
}

impl Template {
    /// Finds the variables; every other text, `$` included, means itself.
    pub(super) fn compile(template: &str) -> Template {
        let (mut pieces, mut text, mut rest) = (Vec::new(), String::new(), template);
        while let Some(at) = rest.find('$') {
            let (before, reference) = rest.split_at(at);
            text.push_str(before);
            match reference_at(reference) {
                Some((variable, length)) => {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                    pieces.push(Piece::Variable(variable));
                    rest = &reference[length..];
                }
                None => {
                    text.push('$');
                    rest = &reference[1..];
                }
            }
        }
        text.push_str(rest);
        pieces.push(Piece::Text(text));
        Template(pieces)
    }

    /// The template with its variables' values; nothing stands for one that has none.
    pub(super) fn fill_in(&self, look_up: &impl Fn(Variable<'_>) -> Option<String>) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Variable(variable) => {
                    out.push_str(&look_up(variable.as_ref()).unwrap_or_default());
                }
            }
        }
        out
    }
}

/// The variable at a `$`, and the length of its reference.
fn reference_at(text: &str) -> Option<(OwnedVariable, usize)> {
    if let Some(braced) = text.strip_prefix("${") {
        let end = braced.find('}')?;
        return Some((OwnedVariable::parse(&braced[..end])?, end + 3));
    }
    let name = &text[1..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let end = name.find(|c| !is_part(c)).unwrap_or(name.len());
    // A full stop or a hyphen at the end belongs to the sentence.
    let name = name[..end].trim_end_matches(['.', '-']);
    Some((OwnedVariable::parse(name)?, name.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_in(template: &str) -> String {
        Template::compile(template).fill_in(&|variable| match variable {
            Variable::Context(path) => Some(format!("<{path}>")),
            Variable::Header(name) => Some(format!("<{name}>")),
            _ => None,
        })
    }

    #[test]
    fn variables_are_put_in_and_nothing_else_means_anything() {
        assert_eq!(filled_in("$context.a.b. ${context.c}d $context.e-f-"), "<a.b>. <c>d <e-f>-");
        assert_eq!(filled_in("[$stageVariables.none] $method.request.header.X-Y"), "[] <X-Y>");
        assert_eq!(
            filled_in("#set($x = 1)$x $input.body ${context.a $"),
            "#set($x = 1)$x $input.body ${context.a $"
        );
        assert_eq!(filled_in("$context. $$context.a"), "$context. $<a>");
    }
}
