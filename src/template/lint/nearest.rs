//! "Did you mean …?": the name that looks most like a misspelt one.

use strsim::osa_distance;

/// Longer names are not compared, and no more than so many: what it costs must not depend on the template's size.
const MAX_LENGTH: usize = 40;
const MAX_NAMES: usize = 200;

/// The most similar of the names, if one is similar enough to be meant; case counts for nothing.
pub(super) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    names
        .into_iter()
        .take(MAX_NAMES)
        .filter(|name| name.len() <= MAX_LENGTH)
        .map(|name| (osa_distance(&lower, &name.to_ascii_lowercase()), name))
        .filter(|(distance, name)| *distance <= word.len().min(name.len()) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The help that names the most similar, or else this one.
pub(super) fn did_you_mean<'n>(
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
    otherwise: &str,
) -> String {
    match nearest(word, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        let names = ["requestId", "stage", "apiId"];
        assert_eq!(nearest("reqestId", names), Some("requestId"));
        assert_eq!(nearest("requestID", names), Some("requestId"));
        assert_eq!(nearest("stgae", names), Some("stage"));
        assert_eq!(nearest("tenant", names), None);
        assert_eq!(nearest("i", ["n"]), None);
    }
}
