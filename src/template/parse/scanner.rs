//! Piece after piece of a template, with the states that Velocity's lexer is in between them.
//!
//! Velocity's lexer is a state machine with a stack. Behind a reference it stays in a state where letters, dots and
//! brackets still belong to references; a character that means nothing there ends the state and is read again in the
//! one below. Most of the time that is the same as plain text, and where it is not, text changes its meaning:
//! `$a{b}c` prints `A{c`, and `$m.k##c` is no comment. `grammar/README.md` tells the rules.

use pest::Parser;
use pest::iterators::Pair;

use super::blocks::Blocks;
use super::origin::Origin;
use super::reference::printed;
use super::{Context, Grammar, Rule, failure, nesting};
use crate::template::ast::{Lost, Node, ReferenceKind, Set, Text};
use crate::{Error, ErrorKind, Span};

/// A state of Velocity's lexer, as far as one can outlast a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Plain text (`DEFAULT`)
    Text,
    /// Behind `$`, a name, `)` or `]` (`REFERENCE`)
    Reference,
    /// Behind `.name` (`REFMODIFIER`)
    Modifier,
    /// Behind a `(` that began no arguments after all (`REFMOD2`)
    Arguments,
    /// Behind `#` (`PRE_DIRECTIVE`)
    Hash,
}

/// What a step of the scanner did.
enum Step {
    /// A piece is complete.
    Piece,
    /// A `$` or `#`, which becomes the beginning of whatever follows.
    More,
}

pub(super) struct Scanner<'s, 'c> {
    pub(super) source: &'s str,
    pub(super) at: usize,
    pub(super) origin: Origin,
    pub(super) context: &'c mut Context,
    pub(super) blocks: Blocks,
    states: Vec<State>,
    /// `$`, `#` and backslashes that turned out to begin nothing; they are printed with the next text only.
    special: String,
    /// Where the first of them stands
    special_at: usize,
}

impl<'s, 'c> Scanner<'s, 'c> {
    pub(super) fn new(source: &'s str, origin: Origin, context: &'c mut Context) -> Self {
        let (states, special) = (vec![State::Text], String::new());
        let blocks = Blocks::default();
        Scanner { source, at: 0, origin, context, blocks, states, special, special_at: 0 }
    }

    /// Reads everything.
    pub(super) fn run(mut self) -> Result<Vec<Node>, Error> {
        while self.at < self.source.len() {
            let start = self.at;
            while let Step::More = self.step(start)? {
                if self.at == self.source.len() {
                    let sigil =
                        self.source[start..].trim_start_matches('\\').chars().next().unwrap_or('$');
                    return Err(self.error(ErrorKind::TrailingSigil { sigil }, start, self.at));
                }
            }
        }
        self.blocks.finish()
    }

    fn step(&mut self, start: usize) -> Result<Step, Error> {
        match self.state() {
            State::Text => self.in_text(start),
            State::Reference | State::Modifier => self.in_reference(start),
            State::Arguments => self.in_arguments(start),
            State::Hash => self.in_hash(start),
        }
    }

    fn state(&self) -> State {
        self.states.last().copied().unwrap_or(State::Text)
    }

    fn pop(&mut self) {
        // The lowest state is never taken away: an empty stack means plain text as well.
        if self.states.len() > 1 {
            self.states.pop();
        }
    }

    fn replace(&mut self, state: State) {
        self.pop();
        self.states.push(state);
    }

    pub(super) fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.origin.span(start, end)
    }

    pub(super) fn error(&self, kind: ErrorKind, start: usize, end: usize) -> Error {
        Error::new(kind, self.span(start, end))
    }

    /// One piece of the grammar at the current place.
    pub(super) fn piece(&self, rule: Rule) -> Result<Pair<'s, Rule>, Error> {
        if let Some(at) = nesting::too_deep(self.rest()) {
            return Err(self.error(ErrorKind::BracketsTooDeep, self.at + at, self.at + at + 1));
        }
        match Grammar::parse(rule, self.rest()).map(|mut pairs| pairs.next()) {
            Ok(Some(pair)) => Ok(pair),
            Ok(None) => {
                Err(self.error(ErrorKind::Internal("a rule made no pair"), self.at, self.at))
            }
            Err(error) => Err(failure::syntax(self, rule, &error)),
        }
    }

    // ---------------------------------------------------------------------------------------- plain text

    fn in_text(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        match rest.as_bytes().first() {
            _ if starts_set(rest) => self.set(start),
            Some(b'#') => self.hash(start),
            Some(b'$') => self.dollar(start),
            Some(b'\\') => self.backslashes(start),
            _ => {
                let text = self.piece(Rule::text)?;
                self.text(start, text.as_str().len());
                Ok(Step::Piece)
            }
        }
    }

    /// `\\`, `\#if`, `\$`: a run of backslashes, and what they escape.
    fn backslashes(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        let run = rest.len() - rest.trim_start_matches('\\').len();
        let after = &rest[run..];
        if after.starts_with('$') {
            return self.dollar(start);
        }
        if run % 2 == 1 && after.starts_with('#') && starts_word(&after[1..]) {
            return self.escaped_directive(start, run);
        }
        let pairs = run / 2;
        if pairs > 0 {
            // An even number of backslashes before a directive is halved.
            let halved = run.is_multiple_of(2) && self.is_directive_ahead(after);
            let text = "\\".repeat(if halved { pairs } else { pairs * 2 });
            // `#literal` prints all of them.
            self.blocks.token(&self.special, &"\\".repeat(pairs * 2));
            self.drop_special();
            self.blocks.push(Node::Text(Text { text, span: self.span(start, start + pairs * 2) }));
            self.at += pairs * 2;
        }
        if run % 2 == 1 {
            self.text(self.at, 1);
        }
        Ok(Step::Piece)
    }

    /// Whether the next token is a directive in the eyes of Velocity, which looks at the token's text from its second
    /// character on, even when the token is plain text.
    fn is_directive_ahead(&self, after: &str) -> bool {
        if let Some(name) = after.strip_prefix('#') {
            let controls = ["if", "else", "elseif", "end"];
            let bare = &name[..name.len() - name.trim_start_matches(is_word_rest).len()];
            let braced = name.strip_prefix('{').and_then(|n| n.split_once('}')).map(|(n, _)| n);
            return controls.contains(&bare)
                || braced.is_some_and(|n| controls.contains(&n))
                || !starts_set(after) && self.context.is_known(bare);
        }
        let text = after.split(['$', '#', '\\']).next().unwrap_or(after);
        let mut characters = text.chars();
        characters.next().is_some() && self.context.is_known(characters.as_str())
    }

    fn escaped_directive(&mut self, start: usize, run: usize) -> Result<Step, Error> {
        let image = self.piece(Rule::escaped_directive)?.as_str();
        let name = &image[run + 1..];
        let bare = name.trim_start_matches('{').trim_end_matches('}');
        let known =
            self.context.is_known(bare) || ["if", "end", "set", "else", "elseif"].contains(&bare);
        let text = if known { &image[run - (run - 1) / 2..] } else { image };
        let span = self.span(start, start + image.len());
        self.blocks.token(&self.special, text);
        self.drop_special();
        self.blocks.push(Node::Text(Text { text: text.to_owned(), span }));
        self.at += image.len();
        Ok(Step::Piece)
    }

    // ---------------------------------------------------------------------------------------- sigils

    /// `$`, `$!`, `\$`: the beginning of a reference, or text.
    fn dollar(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        let state = self.state();
        if matches!(state, State::Text | State::Reference) {
            // `$.` and `$[` are text as a whole, JSONPaths after all.
            if let Some(empty) = ["$[", "$![", "$\\![", "$."].iter().find(|e| rest.starts_with(**e))
            {
                self.text(start, empty.len());
                return Ok(Step::Piece);
            }
        }
        self.at += dollar_length(rest).unwrap_or(1);
        self.sigil('$');
        Ok(Step::More)
    }

    /// `#`: a comment, verbatim text, or the beginning of a directive.
    fn hash(&mut self, start: usize) -> Result<Step, Error> {
        let (rest, state) = (self.rest(), self.state());
        if rest.starts_with("#[[") {
            return self.textblock(start);
        }
        if rest == "#*" {
            // The end of the template where a comment would begin: half a token, as a `#` alone is.
            self.at += rest.len();
            return Ok(Step::More);
        }
        if rest.starts_with("#*") {
            return self.comment(start, Rule::block_comment);
        }
        let comments = !matches!(state, State::Modifier | State::Arguments);
        if rest.starts_with("##") && comments {
            if state == State::Reference {
                self.pop();
            }
            return self.comment(start, Rule::line_comment);
        }
        self.at += 1;
        self.sigil('#');
        Ok(Step::More)
    }

    /// A comment. A `$` before it, which begins nothing, is a part of the comment's first token and prints, except where
    /// the lexer throws that token away with the characters of the comment.
    fn comment(&mut self, start: usize, rule: Rule) -> Result<Step, Error> {
        let comment = self.piece(rule)?.as_str();
        let prefix = &self.source[start..self.at];
        // Of `###` the first two are what begins the comment.
        let prefix = prefix.strip_suffix('#').unwrap_or(prefix);
        let prints = rule == Rule::line_comment || matches!(comment, "#**#" | "#***#");
        if prints && !prefix.is_empty() {
            let (text, span) = (prefix.to_owned(), self.span(start, start + prefix.len()));
            self.blocks.token("", prefix);
            self.blocks.push(Node::Text(Text { text, span }));
        }
        if rule == Rule::line_comment {
            if self.source[..self.at].ends_with(|c: char| !c.is_whitespace()) {
                let end = self.at + comment.trim_end().len();
                self.context.lost.push(Lost::Comment(self.origin.span(self.at, end)));
            }
            self.blocks.token("", "##");
            self.blocks.token("", comment.trim_start_matches(|c| c != '\r' && c != '\n'));
        } else if comment.ends_with("*#") {
            self.blocks.comment_end(comment.starts_with("#**") && !comment.starts_with("#**#"));
        }
        self.drop_special();
        self.at += comment.len();
        Ok(Step::Piece)
    }

    /// `#[[ verbatim ]]#`. Velocity cuts three characters off each end of the token, whose beginning may be a `$`.
    fn textblock(&mut self, start: usize) -> Result<Step, Error> {
        let length = self.piece(Rule::textblock)?.as_str().len();
        let image = &self.source[start..self.at + length];
        self.blocks.token("", image);
        let text = image[3..image.len() - 3].to_owned();
        let span = self.span(start, self.at + length);
        self.drop_special();
        self.blocks.push(Node::Text(Text { text, span }));
        self.at += length;
        Ok(Step::Piece)
    }

    // ---------------------------------------------------------------------------------------- behind `$`, and behind a reference

    /// A dot before a letter, which prints without whatever `$` or `\` the lexer took for its beginning.
    fn dot(&mut self, start: usize) {
        let text = std::mem::take(&mut self.special) + ".";
        self.at += 1;
        self.blocks.token("", &text);
        self.blocks.push(Node::Text(Text { text, span: self.span(start, self.at) }));
    }

    fn in_reference(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        let modifier = self.state() == State::Modifier;
        match rest.as_bytes().first() {
            _ if starts_set(rest) => self.set(start),
            Some(b'[') => Err(failure::unexpected(self, self.at)),
            Some(b'{') if starts_name(behind_sigils(&rest[1..])) => {
                self.reference(start, Rule::braced_path)
            }
            Some(b'{') => {
                self.text(start, 1);
                Ok(Step::Piece)
            }
            Some(b'}') => {
                self.pop();
                self.text(start, 1);
                Ok(Step::Piece)
            }
            Some(b'.') if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) => {
                self.replace(State::Modifier);
                self.dot(start);
                Ok(Step::Piece)
            }
            Some(b'(') if modifier => {
                self.replace(State::Arguments);
                self.text(start, 1);
                Ok(Step::Piece)
            }
            Some(b) if b.is_ascii_alphabetic() || *b == b'_' => self.reference(start, Rule::path),
            Some(b'#') => self.hash(start),
            Some(b'$' | b'\\') if dollar_length(rest).is_some() => self.dollar(start),
            _ => Ok(self.terminate(start)),
        }
    }

    /// The character means nothing in this state: back to the state below, where it is read again.
    fn terminate(&mut self, start: usize) -> Step {
        let image = &self.source[start..self.at];
        let kept = special(image);
        if kept.len() < image.len() {
            let dropped = image.trim_start_matches(['$', '#', '\\']).len();
            self.lose(self.at - dropped, self.at);
        }
        if self.special.is_empty() {
            self.special_at = start;
        }
        self.special.push_str(&kept);
        self.pop();
        Step::Piece
    }

    /// Velocity forgets the `$` and `#` that went before.
    fn drop_special(&mut self) {
        if !self.special.is_empty() {
            self.lose(self.special_at, self.special_at + self.special.len());
            self.special.clear();
        }
    }

    /// Keeps for the warnings that this is dropped.
    pub(super) fn lose(&mut self, start: usize, end: usize) {
        if start < end {
            let span = self.span(start, end);
            self.context.lost.push(Lost::Sigil(span));
        }
    }

    fn reference(&mut self, start: usize, rule: Rule) -> Result<Step, Error> {
        let pair = self.piece(rule)?;
        let length = pair.as_str().len();
        let image = &self.source[start..self.at];
        self.follow(pair.clone());
        let mut reference = self.build_reference(image, start, pair)?;
        let printed = match reference.kind {
            ReferenceKind::Text(_) => self.source[start..self.at + length].to_owned(),
            ReferenceKind::Value | ReferenceKind::Runt(_) => reference.literal.clone(),
        };
        let prefix = std::mem::take(&mut self.special);
        reference.literal.insert_str(0, &prefix);
        self.at += length;
        self.blocks.token(&prefix, &printed);
        self.blocks.push(Node::Reference(reference));
        Ok(Step::Piece)
    }

    /// The states that the lexer goes through along a reference.
    fn follow(&mut self, pair: Pair<'s, Rule>) {
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::path => self.follow(part),
                Rule::property => self.replace(State::Modifier),
                Rule::method => self.replace(State::Reference),
                Rule::path_end => self.pop(),
                Rule::sigils
                | Rule::inner_sigils
                | Rule::lost
                | Rule::lost_behind_name
                | Rule::lost_end => {
                    for sigil in part.as_str().chars() {
                        self.sigil(sigil);
                    }
                }
                _ => {}
            }
        }
    }

    fn sigil(&mut self, sigil: char) {
        let state = self.state();
        match sigil {
            '#' => {
                if matches!(state, State::Reference | State::Modifier) {
                    self.pop();
                }
                self.states.push(State::Hash);
            }
            '$' => {
                if state == State::Reference {
                    self.pop();
                }
                self.states.push(State::Reference);
            }
            _ => {}
        }
    }

    /// Behind `$m.k$a(` or `$a.b(+`: Velocity reads arguments although no method takes them; nearly everything is an error.
    fn in_arguments(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        match bytes.first() {
            _ if starts_set(rest) => self.set(start),
            Some(b'"' | b'\'') => {
                let length = self.piece(Rule::string)?.as_str().len();
                self.text(start, length);
                Ok(Step::Piece)
            }
            Some(b'.') if bytes.get(1).is_some_and(u8::is_ascii_alphabetic) => {
                self.replace(State::Modifier);
                self.dot(start);
                Ok(Step::Piece)
            }
            Some(b) if starts_number(bytes) || b.is_ascii_digit() => {
                let length = self.piece(Rule::number)?.as_str().len();
                self.text(start, length);
                Ok(Step::Piece)
            }
            Some(b) if b.is_ascii_alphabetic() || *b == b'_' => self.reference(start, Rule::path),
            Some(b'#') => self.hash(start),
            Some(b'$' | b'\\') if dollar_length(rest).is_some() => self.dollar(start),
            _ => Err(failure::unexpected(self, self.at)),
        }
    }

    // ---------------------------------------------------------------------------------------- behind `#`

    fn in_hash(&mut self, start: usize) -> Result<Step, Error> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        match bytes.first() {
            Some(b'#') => self.hash(start),
            Some(b'$' | b'\\') if dollar_length(rest).is_some() => self.dollar(start),
            Some(_) if starts_word(rest) => {
                self.pop();
                if !self.special.is_empty() {
                    self.lose(self.special_at, self.special_at + self.special.len());
                }
                let special = std::mem::take(&mut self.special);
                self.directive(start, &special)?;
                Ok(Step::Piece)
            }
            Some(_) if starts_number(bytes) => {
                let length = self.piece(Rule::number)?.as_str().len();
                self.pop();
                self.text(start, length);
                Ok(Step::Piece)
            }
            _ => Ok(self.terminate(start)),
        }
    }

    /// `#set($x = 1)`, wherever it may stand. What came before it of a `$` or `#` is lost.
    fn set(&mut self, sigil: usize) -> Result<Step, Error> {
        let start = self.at;
        self.lose(sigil, start);
        let pair = self.piece(Rule::set)?;
        let length = pair.as_str().len();
        let source = printed(&pair, false);
        let (target, value) = self.build_set(pair)?;
        let blanks = self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        let end = start + self.source[start..start + length].trim_end().len();
        let span = self.span(start + blanks, end);
        self.drop_special();
        self.at += length;
        self.blocks.token("", &source);
        self.blocks.push(Node::Set(Set { target, value, span }));
        Ok(Step::Piece)
    }

    // ---------------------------------------------------------------------------------------- output

    /// A token that prints itself: from `start`, where its `$` or `#` stands, to `length` behind the current place.
    fn text(&mut self, start: usize, length: usize) {
        let end = self.at + length;
        let special = std::mem::take(&mut self.special);
        let image = &self.source[start..end];
        self.blocks.token(&special, image);
        let span = self.span(start, end);
        self.at = end;
        self.blocks.push(Node::Text(Text { text: special + image, span }));
    }
}

fn is_word_rest(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '@'
}

fn starts_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// `name`, `@name` or `{name}`: what makes a directive of `#`.
fn starts_word(text: &str) -> bool {
    match text.strip_prefix('{') {
        None => starts_name(text) || text.starts_with('@'),
        Some(inner) => {
            starts_name(inner) && inner.trim_start_matches(is_word_rest).starts_with('}')
        }
    }
}

/// `5`, `-5`, `.5`, `-.5`
fn starts_number(bytes: &[u8]) -> bool {
    let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let digits = unsigned.strip_prefix(b".").unwrap_or(unsigned);
    digits.first().is_some_and(u8::is_ascii_digit)
}

/// `#set(` or `#{set}  (`, with the blanks before it.
fn starts_set(text: &str) -> bool {
    let Some(name) = text.trim_start_matches([' ', '\t']).strip_prefix('#') else { return false };
    let Some(after) = name.strip_prefix("set").or_else(|| name.strip_prefix("{set}")) else {
        return false;
    };
    after.trim_start_matches(' ').starts_with('(')
}

/// What follows the `$`s and `#$`s at the beginning of a text.
fn behind_sigils(text: &str) -> &str {
    let mut rest = text;
    while let Some(length) = dollar_length(rest.strip_prefix('#').unwrap_or(rest)) {
        rest = &rest.strip_prefix('#').unwrap_or(rest)[length..];
    }
    rest
}

/// The length of `\\$` or `\\$\\!`, backslashes included.
fn dollar_length(text: &str) -> Option<usize> {
    let after = text.trim_start_matches('\\').strip_prefix('$')?;
    let quiet = after.trim_start_matches('\\').strip_prefix('!');
    Some(text.len() - quiet.unwrap_or(after).len())
}

/// What Velocity keeps of a token that became no token: its `#` and `$`, and the backslashes right before a `$`.
fn special(image: &str) -> String {
    let mut kept = String::new();
    let mut rest = image;
    while let Some(c) = rest.chars().next() {
        if c == '\\' {
            let after = rest.trim_start_matches('\\');
            let run = rest.len() - after.len();
            if after.starts_with('$') {
                kept.push_str(&rest[..=run]);
                // Velocity steps over one character too many.
                rest = after
                    .get(1..)
                    .and_then(|a| a.get(a.chars().next().map_or(0, char::len_utf8)..))
                    .unwrap_or("");
                continue;
            }
            rest = after;
            continue;
        }
        if c == '#' || c == '$' {
            kept.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    kept
}
