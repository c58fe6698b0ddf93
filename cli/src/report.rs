//! A finding for people: the message, the source line under it, a caret under the place, and what to do.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};
use transom::Span;

use crate::console::Look;
use crate::diagnostic::{Diagnostic, Severity};
use crate::input::boundary;

/// Columns where no terminal says how many there are; longer lines are cut around the place.
const WIDTH: usize = 120;
/// Carets under one place; what is marked is always shown in full, and may be a template in one line.
const CARETS: usize = 60;

/// The finding with an empty line under it.
pub(crate) fn report(found: &Diagnostic, look: Look) -> String {
    let text = velocity_lines(&found.source.text);
    let name = normalize_untrusted_str(&found.source.name);
    let title = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
        Severity::Note => Level::NOTE,
    }
    .primary_title(found.message.as_str());
    let title = if found.severity == Severity::Note { title } else { title.id(found.kind) };
    let mut group = Group::with_title(title);
    if let Some(span) = found.span {
        group = group.element(excerpt(&text, &name, span, found.related));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    if let Some(words) = &found.aws_words {
        group =
            group.element(Level::NOTE.message(format!(
                "API Gateway says: {}",
                normalize_untrusted_str(words.trim_end())
            )));
    }
    let renderer =
        if look.colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    // The line numbers and their bar, and the `...` of a cut, come on top of the renderer's width.
    let width = look.width.unwrap_or(WIDTH).saturating_sub(12).max(40);
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
    format!("{}\n\n", renderer.render(&[group]))
}

fn excerpt<'a>(
    text: &'a str,
    name: &'a str,
    span: Span,
    related: Option<(Span, &'static str)>,
) -> Snippet<'a, Annotation<'a>> {
    let primary = AnnotationKind::Primary.span(in_one_line(text, span));
    let context = related
        .map(|(span, label)| AnnotationKind::Context.span(in_one_line(text, span)).label(label));
    Snippet::source(text).path(name).annotation(primary).annotations(context)
}

/// Velocity counts a lone `\r` as the end of a line, the renderer does not; a `\n` in its place keeps all offsets.
fn velocity_lines(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(if c == '\r' && rest.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(out)
}

/// A caret under the first line says where; a whole block under carets says less.
fn in_one_line(text: &str, span: Span) -> Range<usize> {
    let start = boundary(text, span.range().start);
    let end = boundary(text, span.range().end).max(start);
    let marked = text[start..end].split(['\r', '\n']).next().unwrap_or_default();
    start..start + marked.chars().take(CARETS).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    fn found(text: &str, marked: &str) -> Diagnostic {
        let start = text.find(marked).unwrap_or_default();
        let source = Source { name: "a.vtl".to_owned(), text: text.to_owned() };
        *Diagnostic::input(
            "it is wrong".to_owned(),
            source,
            Some(Span::new(start, start + marked.len())),
        )
    }

    #[test]
    fn carets_stand_under_the_place_behind_tabs_and_wide_characters() {
        let shown =
            report(&found("\t\t{\"größe\": \"日本\"} #if($a)\nb", "#if($a)"), Look::default());
        let expected = "\
error[input]: it is wrong
 --> a.vtl:1:19
  |
1 |         {\"größe\": \"日本\"} #if($a)
  |                           ^^^^^^^

";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_second_place_has_its_own_label() {
        let mut found = found("#if($a)\n#foreach($x in [1])\n#else\n", "#else");
        found.related = Some((Span::new(8, 27), "this is the block around it"));
        let expected = "\
error[input]: it is wrong
 --> a.vtl:3:1
  |
2 | #foreach($x in [1])
  | ------------------- this is the block around it
3 | #else
  | ^^^^^
  |
  = help: add `#end`

";
        assert_eq!(report(&Box::new(found).with_help("add `#end`"), Look::default()), expected);
    }

    #[test]
    fn lines_are_counted_as_velocity_counts_them() {
        let shown = report(&found("a\rb\r\n  $", "$"), Look::default());
        assert!(shown.contains("a.vtl:3:3\n  |\n3 |   $\n  |   ^\n"), "{shown}");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{} #if($a) {}", "x".repeat(5000), "y".repeat(5000));
        let shown = report(&found(&text, "#if($a)"), Look { width: Some(80), ..Look::default() });
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
        assert!(shown.contains("#if($a)"), "{shown}");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let shown = report(&found("\u{1b}[31m $x", "$x"), Look::default());
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
}
