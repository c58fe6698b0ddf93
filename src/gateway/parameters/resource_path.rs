//! A resource's path and a request's path → path parameters.

use crate::gateway::message::Fields;

/// `/pets/{petId}/{proxy+}`.
#[derive(Debug)]
pub(in crate::gateway) struct ResourcePath {
    pub(in crate::gateway) text: Box<str>,
    segments: Vec<Segment>,
}

#[derive(Debug)]
enum Segment {
    Literal(Box<str>),
    /// `{name}`
    Parameter(Box<str>),
    /// `{name+}`, the last one
    Greedy(Box<str>),
}

impl ResourcePath {
    pub(in crate::gateway) fn compile(text: &str) -> Result<ResourcePath, String> {
        let mut segments = Vec::new();
        for part in text.split('/').filter(|part| !part.is_empty()) {
            if matches!(segments.last(), Some(Segment::Greedy(_))) {
                return Err(format!("has something behind a {{name+}}: {text}"));
            }
            let name = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            segments.push(match name.filter(|name| !name.contains(['{', '}'])) {
                Some("" | "+") => return Err(format!("has a parameter without a name: {text}")),
                Some(name) => match name.strip_suffix('+') {
                    Some(name) => Segment::Greedy(name.into()),
                    None => Segment::Parameter(name.into()),
                },
                None if part.contains(['{', '}']) => {
                    return Err(format!("has a parameter that is no whole segment: {text}"));
                }
                None => Segment::Literal(part.into()),
            });
        }
        Ok(ResourcePath { text: text.into(), segments })
    }

    /// The path parameters of a request, as they were sent: API Gateway does not decode them (recorded). None where the
    /// path is that of another resource; the method is executed all the same, as in the console's test.
    pub(in crate::gateway) fn parameters<'a>(&'a self, path: &'a str) -> Fields<'a> {
        let mut fields = Fields::new();
        // Slashes at both ends do not count; those inside belong to a `{name+}`.
        let mut rest = path.trim_matches('/');
        for segment in &self.segments {
            let (part, behind) = rest.split_once('/').unwrap_or((rest, ""));
            if part.is_empty() && !matches!(segment, Segment::Greedy(_)) {
                return Fields::new();
            }
            match segment {
                Segment::Literal(literal) if **literal == *part => {}
                Segment::Literal(_) => return Fields::new(),
                Segment::Parameter(name) => fields.push(&**name, part),
                Segment::Greedy(_) if rest.is_empty() => return Fields::new(),
                Segment::Greedy(name) => {
                    fields.push(&**name, rest);
                    return fields;
                }
            }
            rest = behind;
        }
        if rest.is_empty() { fields } else { Fields::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_as_they_were_sent() {
        let parameters = |resource: &str, path: &'static str| {
            let resource = ResourcePath::compile(resource).expect("a resource");
            resource.parameters(path).iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>()
        };
        assert_eq!(parameters("/pets/{id}", "/pets/a%20b/"), ["id=a%20b"]);
        assert_eq!(parameters("/{a}/x/{b}", "/1/x/2"), ["a=1", "b=2"]);
        assert_eq!(parameters("/s/{proxy+}", "//s/a//b/"), ["proxy=a//b"]);
        for none in ["/", "/pets", "/pets/1/2", "/cats/1"] {
            assert!(parameters("/pets/{id}", none).is_empty(), "{none}");
        }
        assert!(parameters("/{proxy+}", "/").is_empty());
        for wrong in ["/{proxy+}/a", "/{a", "/a}", "/x{a}", "/{a}-{b}", "/{}", "/{+}"] {
            assert!(ResourcePath::compile(wrong).is_err(), "{wrong}");
        }
    }
}
