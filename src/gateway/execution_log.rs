//! The log that the console of API Gateway prints for a test invocation.

use std::fmt::{self, Write};

use super::message::Fields;

/// The lines of an exchange, without the date before each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExecutionLog {
    lines: Vec<String>,
}

impl ExecutionLog {
    pub(super) fn new(lines: Vec<String>) -> ExecutionLog {
        ExecutionLog { lines }
    }

    /// The lines in order: `Starting execution for request: …` to `Method completed with status: 200`.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The log as the console prints it, for a request that came at this time (in milliseconds since 1970).
    pub fn print<'l>(&'l self, request_id: &'l str, time: u64) -> impl fmt::Display + 'l {
        Printed { log: self, request_id, time }
    }
}

struct Printed<'l> {
    log: &'l ExecutionLog,
    request_id: &'l str,
    time: u64,
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Execution log for request {}", self.request_id)?;
        for line in &self.log.lines {
            date(self.time, f)?;
            writeln!(f, " : {line}")?;
        }
        Ok(())
    }
}

/// `Thu Jul 06 12:00:00 UTC 2017`, as Java's `Date` prints itself.
fn date(milliseconds: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = milliseconds / 1000;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant's `civil_from_days`, for days from 1970 on.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12;
    let year = year + era * 400 + u64::from(month < 2);
    write!(
        f,
        "{} {} {day:02} {:02}:{:02}:{:02} UTC {year}",
        DAYS[(days % 7) as usize],
        MONTHS[month as usize],
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// How much of a map is printed.
const LONGEST_MAP: usize = 998;

/// A map as Java prints it, cut where it is long: `{k=v, k2=v2}`.
pub(super) fn map<'f>(fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    let mut out = String::from("{");
    for (name, value) in fields {
        if out.len() > 1 {
            out.push_str(", ");
        }
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{name}={value}");
    }
    out.push('}');
    if out.len() > LONGEST_MAP {
        let end = (0..=LONGEST_MAP).rev().find(|at| out.is_char_boundary(*at)).unwrap_or_default();
        out.truncate(end);
        out.push_str(" [TRUNCATED]");
    }
    out
}

/// Headers or parameters; values of one name are joined.
pub(super) fn fields(fields: &Fields<'_>) -> String {
    let grouped: Vec<(&str, String)> =
        fields.grouped().into_iter().map(|(name, values)| (name, values.join(","))).collect();
    map(grouped.iter().map(|(name, value)| (*name, value.as_str())))
}

/// A body: text as it is.
pub(super) fn body(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => "[Binary Data]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_dates_as_java_does() {
        let log = ExecutionLog::new(vec!["a".into()]);
        let first = |time| log.print("r", time).to_string();
        assert_eq!(first(0), "Execution log for request r\nThu Jan 01 00:00:00 UTC 1970 : a\n");
        assert!(first(1_499_342_400_000).contains("Thu Jul 06 12:00:00 UTC 2017 : a"));
        assert!(first(951_782_400_000).contains("Tue Feb 29 00:00:00 UTC 2000 : a"));
        assert!(first(1_747_753_651_000).contains("Tue May 20 15:07:31 UTC 2025 : a"));
    }

    #[test]
    fn long_maps_are_cut() {
        assert_eq!(map([("a", "1"), ("b", "2")]), "{a=1, b=2}");
        let long = "é".repeat(600);
        let printed = map([("k", long.as_str())]);
        assert!(printed.ends_with("é [TRUNCATED]") && printed.len() <= 998 + 12, "{printed}");
    }
}
