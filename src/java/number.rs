//! Java's numbers: their classes, how they print, and how Velocity calculates with them.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};

use super::big_decimal::BigDecimal;

/// A `java.lang.Number`. Equality is Java's `equals`: the Integer 1 is not the Long 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Number {
    Integer(i32),
    Long(i64),
    BigInteger(BigInt),
    Float(f32),
    Double(f64),
    BigDecimal(BigDecimal),
}

/// The operations of `+ - * / %`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Number {
    /// The class of an integer literal follows from its size: Integer, Long, BigInteger.
    pub(crate) fn parse_integer_literal(digits: &str) -> Number {
        if let Ok(n) = digits.parse() {
            return Number::Integer(n);
        }
        if let Ok(n) = digits.parse() {
            return Number::Long(n);
        }
        Number::BigInteger(digits.parse().unwrap_or_default())
    }

    /// A decimal number that is too long for a Double.
    pub(crate) fn parse_decimal(text: &str) -> Option<Number> {
        BigDecimal::parse(text).map(Number::BigDecimal)
    }

    /// Java's `intValue()`: integers keep their low 32 bits, doubles are cut to the range.
    pub(crate) fn int_value(&self) -> i32 {
        match self {
            Number::Integer(n) => *n,
            Number::Float(n) => *n as i32,
            Number::Double(n) => *n as i32,
            other => other.long_value() as i32,
        }
    }

    /// Java's `longValue()`.
    pub(crate) fn long_value(&self) -> i64 {
        match self {
            Number::Integer(n) => i64::from(*n),
            Number::Long(n) => *n,
            Number::Float(n) => *n as i64,
            Number::Double(n) => *n as i64,
            Number::BigInteger(n) => low_64_bits(n),
            Number::BigDecimal(n) => low_64_bits(&n.to_integer()),
        }
    }

    /// Java's `doubleValue()`.
    pub(crate) fn double_value(&self) -> f64 {
        match self {
            Number::Integer(n) => f64::from(*n),
            Number::Long(n) => *n as f64,
            Number::Float(n) => f64::from(*n),
            Number::Double(n) => *n,
            Number::BigInteger(n) => n.to_string().parse().unwrap_or(f64::NAN),
            Number::BigDecimal(n) => n.to_f64(),
        }
    }

    fn is_integral(&self) -> bool {
        matches!(self, Number::Integer(_) | Number::Long(_) | Number::BigInteger(_))
    }

    pub(crate) fn to_big_integer(&self) -> BigInt {
        match self {
            Number::Integer(n) => (*n).into(),
            Number::Long(n) => (*n).into(),
            Number::BigInteger(n) => n.clone(),
            Number::BigDecimal(n) => n.to_integer(),
            Number::Float(_) | Number::Double(_) => self.long_value().into(),
        }
    }

    /// The value without loss; `None` for infinities and NaN.
    fn to_big_decimal(&self) -> Option<BigDecimal> {
        match self {
            Number::BigDecimal(n) => Some(n.clone()),
            Number::Float(n) => BigDecimal::from_f64(f64::from(*n)),
            Number::Double(n) => BigDecimal::from_f64(*n),
            integral => Some(BigDecimal::from_integer(integral.to_big_integer())),
        }
    }

    fn is_zero(&self) -> bool {
        match self {
            Number::Integer(n) => *n == 0,
            Number::Long(n) => *n == 0,
            Number::BigInteger(n) => n.sign() == Sign::NoSign,
            Number::Float(n) => *n == 0.0,
            Number::Double(n) => *n == 0.0,
            Number::BigDecimal(n) => n.is_zero(),
        }
    }

    /// Java's `hashCode()`.
    pub(crate) fn hash_code(&self) -> i32 {
        match self {
            Number::Integer(n) => *n,
            Number::Long(n) => (*n ^ (*n as u64 >> 32) as i64) as i32,
            Number::Float(n) => n.to_bits() as i32,
            Number::Double(n) => {
                let bits = n.to_bits();
                (bits ^ (bits >> 32)) as i32
            }
            Number::BigInteger(n) => hash_of_big(n),
            Number::BigDecimal(n) => n.hash_code(),
        }
    }
}

/// `BigInteger.hashCode`
pub(super) fn hash_of_big(n: &BigInt) -> i32 {
    let words = n.iter_u32_digits().rev();
    let hash = words.fold(0i32, |hash, word| hash.wrapping_mul(31).wrapping_add(word as i32));
    if n.sign() == Sign::Minus { hash.wrapping_neg() } else { hash }
}

fn low_64_bits(n: &BigInt) -> i64 {
    let low = n.iter_u64_digits().next().unwrap_or(0) as i64;
    if n.sign() == Sign::Minus { low.wrapping_neg() } else { low }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(n) => n.fmt(f),
            Number::Long(n) => n.fmt(f),
            Number::BigInteger(n) => n.fmt(f),
            Number::BigDecimal(n) => n.fmt(f),
            Number::Float(n) => {
                let mut text = String::new();
                // The shortest digits that are this float, not those of the double it widens to.
                floating(f64::from(*n), &format!("{n:e}"), &mut text);
                f.write_str(&text)
            }
            Number::Double(n) => {
                let mut text = String::new();
                double_to_string(*n, &mut text);
                f.write_str(&text)
            }
        }
    }
}

/// Appends Java's `Double.toString`: plain from 0.001 up to 10,000,000, otherwise `1.0E10`; always a digit behind the
/// point. Before JDK 19 Java had a few digits too many for some values; this gives the shortest, as later ones do.
pub(crate) fn double_to_string(value: f64, out: &mut String) {
    floating(value, &format!("{value:e}"), out);
}

/// `scientific`: the digits as Rust gives them, `1.5e10`.
fn floating(value: f64, scientific: &str, out: &mut String) {
    // Java always has two digits, and the two nearest to the value: 4.9E-324 where one digit would be 5.
    let two = if scientific.contains('.') { String::new() } else { format!("{value:.1e}") };
    let scientific = if two.parse() == Ok(value) { &two } else { scientific };
    if value.is_nan() {
        return out.push_str("NaN");
    }
    if value.is_infinite() {
        return out.push_str(if value > 0.0 { "Infinity" } else { "-Infinity" });
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    out.push_str(sign);
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let rest = if rest == "0" { "" } else { rest };
    match exponent {
        -3..=-1 => {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
            out.push_str(first);
            out.push_str(rest);
        }
        0..=6 => {
            let whole = (exponent as usize).min(rest.len());
            out.push_str(first);
            out.push_str(&rest[..whole]);
            out.extend(std::iter::repeat_n('0', exponent as usize - whole));
            out.push('.');
            out.push_str(if whole == rest.len() { "0" } else { &rest[whole..] });
        }
        _ => {
            out.push_str(first);
            out.push('.');
            out.push_str(if rest.is_empty() { "0" } else { rest });
            out.push('E');
            out.push_str(&exponent.to_string());
        }
    }
}

/// Calculates as Velocity 1.7's `MathUtils` does. `Ok(None)` is Velocity's null: a division by zero.
///
/// # Errors
/// The message of the exception that ends the template: `%` of a `BigDecimal`.
pub(crate) fn arithmetic(
    operation: Arithmetic,
    left: &Number,
    right: &Number,
) -> Result<Option<Number>, &'static str> {
    if matches!(operation, Arithmetic::Divide | Arithmetic::Modulo) && right.is_zero() {
        return Ok(None);
    }
    if left.is_integral() && right.is_integral() {
        return Ok(integral(operation, left, right));
    }
    let decimal = |n: &Number| matches!(n, Number::BigDecimal(_) | Number::BigInteger(_));
    if decimal(left) || decimal(right) {
        return match (left.to_big_decimal(), right.to_big_decimal()) {
            (Some(a), Some(b)) => decimals(operation, &a, &b),
            _ => Err("Infinite or NaN"),
        };
    }
    let (a, b) = (left.double_value(), right.double_value());
    let result = match operation {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Modulo => a % b,
    };
    let float = |n: &Number| !matches!(n, Number::Double(_));
    Ok(Some(match (float(left) && float(right), left, right) {
        (true, Number::Float(_), _) | (true, _, Number::Float(_)) => Number::Float(result as f32),
        _ => Number::Double(result),
    }))
}

/// Integers: in 64 bits, wider when that overflows; an Integer stays one while it fits.
fn integral(operation: Arithmetic, left: &Number, right: &Number) -> Option<Number> {
    if matches!(left, Number::BigInteger(_)) || matches!(right, Number::BigInteger(_)) {
        return Some(Number::BigInteger(big(
            operation,
            left.to_big_integer(),
            right.to_big_integer(),
        )));
    }
    let (a, b) = (left.long_value(), right.long_value());
    let result = match operation {
        Arithmetic::Add => a.checked_add(b),
        Arithmetic::Subtract => a.checked_sub(b),
        Arithmetic::Multiply => a.checked_mul(b),
        // Java's division wraps around in its one overflow.
        Arithmetic::Divide => Some(a.wrapping_div(b)),
        Arithmetic::Modulo => Some(a.wrapping_rem(b)),
    };
    let integers = matches!((left, right), (Number::Integer(_), Number::Integer(_)));
    Some(match result {
        None => Number::BigInteger(big(operation, a.into(), b.into())),
        Some(result) => match i32::try_from(result) {
            Ok(result) if integers => Number::Integer(result),
            _ => Number::Long(result),
        },
    })
}

fn big(operation: Arithmetic, a: BigInt, b: BigInt) -> BigInt {
    match operation {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        // BigInteger.mod is never negative; it refuses a negative modulus, which Velocity never shows.
        Arithmetic::Modulo => {
            let modulus = BigInt::from(b.magnitude().clone());
            ((a % &modulus) + &modulus) % &modulus
        }
    }
}

fn decimals(
    operation: Arithmetic,
    a: &BigDecimal,
    b: &BigDecimal,
) -> Result<Option<Number>, &'static str> {
    Ok(match operation {
        Arithmetic::Add => Some(a.add(b)),
        Arithmetic::Subtract => Some(a.subtract(b)),
        Arithmetic::Multiply => Some(a.multiply(b)),
        Arithmetic::Divide => a.divide(b),
        Arithmetic::Modulo => return Err("`%` does not work with BigDecimal"),
    }
    .map(Number::BigDecimal))
}

/// Compares by value; `None` where a NaN is involved.
pub(crate) fn compare(left: &Number, right: &Number) -> Option<Ordering> {
    match (left, right) {
        (Number::Integer(a), Number::Integer(b)) => Some(a.cmp(b)),
        (Number::Double(a), Number::Double(b)) => a.partial_cmp(b),
        (Number::Integer(_) | Number::Long(_), Number::Integer(_) | Number::Long(_)) => {
            Some(left.long_value().cmp(&right.long_value()))
        }
        (Number::BigDecimal(_) | Number::BigInteger(_), _)
        | (_, Number::BigDecimal(_) | Number::BigInteger(_)) => {
            match (left.to_big_decimal(), right.to_big_decimal()) {
                (Some(a), Some(b)) => Some(a.compare(&b)),
                _ => left.double_value().partial_cmp(&right.double_value()),
            }
        }
        _ => left.double_value().partial_cmp(&right.double_value()),
    }
}

/// `==` of two numbers in Velocity: by value, whatever their classes.
pub(crate) fn velocity_equals(left: &Number, right: &Number) -> bool {
    compare(left, right) == Some(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_print_as_in_java() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (100.0, "100.0"),
            (0.001, "0.001"),
            (0.0001, "1.0E-4"),
            (1234567.5, "1234567.5"),
            (12345678.9, "1.23456789E7"),
            (1e7, "1.0E7"),
            (-1.5e-5, "-1.5E-5"),
            (9999999.999, "9999999.999"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, expected) in cases {
            let mut out = String::new();
            double_to_string(value, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn results_widen_as_in_velocity() {
        use Arithmetic::*;
        let calculate =
            |op, a: &Number, b: &Number| arithmetic(op, a, b).map(|n| n.map(|n| n.to_string()));
        let (max, one) = (Number::Integer(i32::MAX), Number::Integer(1));
        assert_eq!(arithmetic(Add, &max, &one), Ok(Some(Number::Long(2_147_483_648))));
        assert_eq!(
            calculate(Add, &Number::Long(i64::MAX), &one),
            Ok(Some("9223372036854775808".into()))
        );
        assert_eq!(
            calculate(Divide, &Number::Integer(-7), &Number::Integer(2)),
            Ok(Some("-3".into()))
        );
        assert_eq!(calculate(Divide, &one, &Number::Integer(0)), Ok(None));
        assert_eq!(calculate(Divide, &one, &Number::Double(0.0)), Ok(None));
        assert_eq!(
            calculate(Add, &Number::Double(0.1), &Number::Double(0.2)),
            Ok(Some("0.30000000000000004".into()))
        );
    }
}
