//! `java.math.BigDecimal`: an integer and how many of its digits stand behind the point.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};

/// A decimal number of any length. Equal to another only when the scale is the same too, as in Java: 1.0 is not 1.00.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BigDecimal {
    unscaled: BigInt,
    scale: i32,
}

/// Beyond this a scale is refused: a text of a few bytes must not become gigabytes.
const MAX_SCALE: i32 = 10_000;

impl BigDecimal {
    /// Reads `-12.50e3`.
    pub(crate) fn parse(text: &str) -> Option<BigDecimal> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let unscaled: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        (scale.abs() <= MAX_SCALE).then_some(BigDecimal { unscaled, scale })
    }

    /// Java's `hashCode`: 1.0 and 1.00 differ.
    pub(crate) fn hash_code(&self) -> i32 {
        super::number::hash_of_big(&self.unscaled).wrapping_mul(31).wrapping_add(self.scale)
    }

    /// The exact value of a double, all its digits; `None` for infinities and NaN.
    pub(crate) fn from_f64(value: f64) -> Option<BigDecimal> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let exponent = ((bits >> 52) & 0x7FF) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let (mut mantissa, mut power) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, exponent - 1075),
        };
        if mantissa == 0 {
            return Some(BigDecimal { unscaled: BigInt::ZERO, scale: 0 });
        }
        while mantissa % 2 == 0 {
            mantissa /= 2;
            power += 1;
        }
        let mut unscaled = BigInt::from(mantissa);
        if value < 0.0 {
            unscaled = -unscaled;
        }
        Some(match u32::try_from(power) {
            Ok(power) => BigDecimal { unscaled: unscaled << power, scale: 0 },
            // m / 2ⁿ = m · 5ⁿ / 10ⁿ
            Err(_) => BigDecimal {
                unscaled: unscaled * BigInt::from(5).pow(power.unsigned_abs()),
                scale: -power,
            },
        })
    }

    pub(crate) fn from_integer(value: BigInt) -> BigDecimal {
        BigDecimal { unscaled: value, scale: 0 }
    }

    pub(crate) fn to_f64(&self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The integer part, the rest cut off.
    pub(crate) fn to_integer(&self) -> BigInt {
        match u32::try_from(self.scale) {
            Ok(scale) => &self.unscaled / power_of_ten(scale),
            Err(_) => &self.unscaled * power_of_ten(self.scale.unsigned_abs()),
        }
    }

    /// Both with the larger of the two scales.
    fn aligned(&self, other: &BigDecimal) -> (BigInt, BigInt, i32) {
        let scale = self.scale.max(other.scale);
        let at = |d: &BigDecimal| &d.unscaled * power_of_ten(scale.abs_diff(d.scale));
        (at(self), at(other), scale)
    }

    pub(crate) fn add(&self, other: &BigDecimal) -> BigDecimal {
        let (a, b, scale) = self.aligned(other);
        BigDecimal { unscaled: a + b, scale }
    }

    pub(crate) fn subtract(&self, other: &BigDecimal) -> BigDecimal {
        let (a, b, scale) = self.aligned(other);
        BigDecimal { unscaled: a - b, scale }
    }

    pub(crate) fn multiply(&self, other: &BigDecimal) -> BigDecimal {
        BigDecimal { unscaled: &self.unscaled * &other.unscaled, scale: self.scale + other.scale }
    }

    /// Divides at the scale of the dividend, rounding half down, as Velocity asks for. The divisor is not zero.
    pub(crate) fn divide(&self, divisor: &BigDecimal) -> Option<BigDecimal> {
        let (mut dividend, mut by) = (self.unscaled.clone(), divisor.unscaled.clone());
        // dividend/10^s ÷ by/10^t at scale s is dividend · 10^t / by.
        match u32::try_from(divisor.scale) {
            Ok(scale) => dividend *= power_of_ten(scale),
            Err(_) => by *= power_of_ten(divisor.scale.unsigned_abs()),
        }
        if by.sign() == Sign::NoSign {
            return None;
        }
        let (quotient, rest) = (&dividend / &by, &dividend % &by);
        let twice = BigInt::from(rest.magnitude().clone()) * 2;
        let away = twice > BigInt::from(by.magnitude().clone());
        let up: BigInt = match (away, dividend.sign() == by.sign()) {
            (false, _) => BigInt::ZERO,
            (true, true) => 1.into(),
            (true, false) => (-1).into(),
        };
        Some(BigDecimal { unscaled: quotient + up, scale: self.scale })
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.unscaled.sign() == Sign::NoSign
    }

    pub(crate) fn compare(&self, other: &BigDecimal) -> Ordering {
        let (a, b, _) = self.aligned(other);
        a.cmp(&b)
    }
}

fn power_of_ten(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

impl fmt::Display for BigDecimal {
    /// Java's `toString`: plain when the scale is not negative and the number not tiny, otherwise with `E`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.unscaled.magnitude().to_string();
        if self.unscaled.sign() == Sign::Minus {
            f.write_str("-")?;
        }
        if self.scale == 0 {
            return f.write_str(&digits);
        }
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let scale = i64::from(self.scale);
        let exponent = length - 1 - scale;
        if scale > 0 && exponent >= -6 {
            let whole = length - scale;
            return match usize::try_from(whole) {
                Ok(whole) if whole > 0 => write!(f, "{}.{}", &digits[..whole], &digits[whole..]),
                _ => write!(f, "0.{}{digits}", "0".repeat(usize::try_from(-whole).unwrap_or(0))),
            };
        }
        f.write_str(&digits[..1])?;
        if digits.len() > 1 {
            write!(f, ".{}", &digits[1..])?;
        }
        if exponent != 0 {
            write!(f, "E{}{exponent}", if exponent > 0 { "+" } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_java_does() {
        for text in [
            "0",
            "1.50",
            "-0.001",
            "123456789012345678901.25",
            "0.000001",
            "1E-7",
            "1.5E+10",
            "12E+3",
        ] {
            let expected = if text == "12E+3" { "1.2E+4" } else { text };
            assert_eq!(BigDecimal::parse(text).unwrap().to_string(), expected);
        }
        assert_eq!(
            BigDecimal::from_f64(0.1).unwrap().to_string(),
            "0.1000000000000000055511151231257827021181583404541015625"
        );
    }

    #[test]
    fn divides_half_down_at_the_scale_of_the_dividend() {
        let divide = |a, b| {
            BigDecimal::parse(a)
                .unwrap()
                .divide(&BigDecimal::parse(b).unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(divide("1.00", "3"), "0.33");
        assert_eq!(divide("0.5", "10"), "0.0");
        assert_eq!(divide("-2.0", "0.3"), "-6.7");
    }
}
