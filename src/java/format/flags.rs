//! Which flags, width and precision a conversion of `String.format` takes.

use super::{Argument, FormatError, Specifier, error};

/// Refuses what Java refuses in a specifier, whatever its argument.
pub(super) fn check(specifier: &Specifier<'_>) -> Result<(), FormatError> {
    let has = |flag| specifier.has(flag);
    let conversion = specifier.conversion.to_ascii_lowercase();
    // Flags that the conversion does not have.
    let wrong = match conversion {
        'b' | 'h' => "#+ 0,(",
        's' => "+ 0,(",
        'c' => "#+ 0,(",
        'd' => "#",
        'o' | 'x' | 'e' => ",",
        'g' => "#",
        _ => "",
    };
    let whole = matches!(conversion, 'c' | 'd' | 'o' | 'x' | 'n' | '%');
    if let Some(precision) = specifier.precision.filter(|_| whole) {
        return error("java.util.IllegalFormatPrecisionException", precision.to_string());
    }
    if let Some(width) = specifier.width.filter(|_| conversion == 'n') {
        return error("java.util.IllegalFormatWidthException", width.to_string());
    }
    let impossible = match conversion {
        'n' => !specifier.flags.is_empty(),
        '%' => !matches!(specifier.flags, "" | "-"),
        _ => has('+') && has(' ') || has('-') && has('0'),
    };
    let lacks_width = specifier.width.is_none() && (has('-') || has('0'));
    if lacks_width && !(impossible && matches!(conversion, 'n' | '%')) {
        let message = format!("%{}", specifier.source);
        return error("java.util.MissingFormatWidthException", message);
    }
    // A text has none of these flags at all, so that they cannot be in each other's way.
    match wrong.chars().find(|flag| has(*flag)) {
        Some(flag) => mismatch(flag, conversion),
        None if impossible => {
            let message = format!("Flags = '{}'", specifier.flags);
            error("java.util.IllegalFormatFlagsException", message)
        }
        None => Ok(()),
    }
}

/// Refuses the flags that only some arguments of a conversion take.
pub(super) fn check_argument(
    specifier: &Specifier<'_>,
    argument: &Argument<'_>,
) -> Result<(), FormatError> {
    let conversion = specifier.conversion.to_ascii_lowercase();
    let wrong = match (conversion, argument) {
        ('s', _) => "#",
        ('o' | 'x', Argument::Integer(_) | Argument::Long(_)) => "( +",
        _ => "",
    };
    match wrong.chars().find(|flag| specifier.has(*flag)) {
        Some(flag) => mismatch(flag, conversion),
        None => Ok(()),
    }
}

#[cold]
fn mismatch(flag: char, conversion: char) -> Result<(), FormatError> {
    error(
        "java.util.FormatFlagsConversionMismatchException",
        format!("Conversion = {conversion}, Flags = {flag}"),
    )
}
