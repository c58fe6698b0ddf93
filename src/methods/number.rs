//! `Integer`, `Long`, `Double`, `BigInteger` and `BigDecimal`, their static methods included, which templates reach through
//! an instance: `#set($n = 0)$n.parseInt('7')`.

use std::cmp::Ordering;

use super::{Called, MethodName, no_arguments, null_pointer};
use crate::java::number::{Arithmetic, Number, arithmetic, compare};
use crate::value::{Exception, Value};

pub(super) fn call<'r>(
    receiver: &Value<'r>,
    method: MethodName,
    arguments: &[Value<'r>],
) -> Called<'r> {
    let Some(number) = receiver.as_number() else { return Ok(None) };
    if let Some(value) = conversion(&number, method) {
        no_arguments(arguments)?;
        return Ok(Some(value));
    }
    match (method, arguments) {
        (MethodName::CompareTo, [other]) => compare_to(&number, other),
        (MethodName::Equals, [other]) => {
            Ok(Some(Value::Bool(other.as_number().is_some_and(|o| java_equals(&number, &o)))))
        }
        _ => match &number {
            Number::Integer(_) => of_integer(method, arguments),
            Number::Long(_) => of_long(method, arguments),
            Number::Double(_) => of_double(&number, method, arguments),
            Number::BigInteger(_) | Number::BigDecimal(_) => of_big(&number, method, arguments),
            Number::Float(_) => Ok(None),
        },
    }
}

fn conversion<'r>(number: &Number, method: MethodName) -> Option<Value<'r>> {
    Some(match method {
        MethodName::IntValue => Value::Integer(number.int_value()),
        MethodName::LongValue => Value::Long(number.long_value()),
        MethodName::DoubleValue => Value::Double(number.double_value()),
        MethodName::FloatValue => Number::Float(number.double_value() as f32).into(),
        MethodName::ShortValue => Value::Integer(i32::from(number.int_value() as i16)),
        MethodName::ByteValue => Value::Integer(i32::from(number.int_value() as i8)),
        _ => return None,
    })
}

/// `Double.equals` compares bits: NaN equals itself.
fn java_equals(a: &Number, b: &Number) -> bool {
    match (a, b) {
        (Number::Double(a), Number::Double(b)) => {
            a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan()
        }
        _ => a == b,
    }
}

fn same_class(a: &Number, b: &Number) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// The compiler's bridge takes any object, so that another class is found, and then refused.
fn compare_to<'r>(number: &Number, other: &Value<'r>) -> Called<'r> {
    match other.as_number() {
        Some(other) if same_class(number, &other) => {
            Ok(Some(Value::Integer(order(compare(number, &other)))))
        }
        _ => Ok(None),
    }
}

fn order(ordering: Option<Ordering>) -> i32 {
    ordering.map_or(0, |o| o as i32)
}

#[cold]
fn no_number(text: &str) -> Exception {
    Exception::new("java.lang.NumberFormatException", format!("For input string: \"{text}\""))
}

fn of_integer<'r>(method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let parse = |text: &str, radix: u32| {
        i32::from_str_radix(text, radix).map(Value::Integer).map_err(|_| no_number(text))
    };
    Ok(Some(match (method, arguments) {
        (MethodName::ParseInt | MethodName::ValueOf, [Value::Text(text)]) => parse(text, 10)?,
        (
            MethodName::ParseInt | MethodName::ValueOf,
            [Value::Text(text), Value::Integer(radix)],
        ) => match radix {
            2..=36 => parse(text, radix.unsigned_abs())?,
            _ => return Err(no_number(text)),
        },
        (MethodName::ParseInt | MethodName::ValueOf, [Value::Null]) => {
            return Err(no_number("null"));
        }
        (MethodName::ValueOf, [Value::Integer(n)]) => Value::Integer(*n),
        (MethodName::ToString, [Value::Integer(n)]) => Value::text(n.to_string()),
        (MethodName::ToHexString, [Value::Integer(n)]) => Value::text(format!("{n:x}")),
        (MethodName::ToOctalString, [Value::Integer(n)]) => Value::text(format!("{n:o}")),
        (MethodName::ToBinaryString, [Value::Integer(n)]) => Value::text(format!("{n:b}")),
        (MethodName::Max, [Value::Integer(a), Value::Integer(b)]) => Value::Integer(*a.max(b)),
        (MethodName::Min, [Value::Integer(a), Value::Integer(b)]) => Value::Integer(*a.min(b)),
        (MethodName::Sum, [Value::Integer(a), Value::Integer(b)]) => {
            Value::Integer(a.wrapping_add(*b))
        }
        (MethodName::Compare, [Value::Integer(a), Value::Integer(b)]) => {
            Value::Integer(a.cmp(b) as i32)
        }
        (MethodName::Signum, [Value::Integer(n)]) => Value::Integer(n.signum()),
        (MethodName::BitCount, [Value::Integer(n)]) => Value::Integer(n.count_ones() as i32),
        (MethodName::Reverse, [Value::Integer(n)]) => Value::Integer(n.reverse_bits()),
        (MethodName::HashCode, [Value::Integer(n)]) => Value::Integer(*n),
        _ => return Ok(None),
    }))
}

fn of_long<'r>(method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let long = |value: &Value<'r>| match value {
        Value::Integer(n) => Some(i64::from(*n)),
        Value::Long(n) => Some(*n),
        _ => None,
    };
    Ok(Some(match (method, arguments) {
        (MethodName::ParseLong | MethodName::ValueOf, [Value::Text(text)]) => {
            Value::Long(text.parse().map_err(|_| no_number(text))?)
        }
        (MethodName::ParseLong | MethodName::ValueOf, [Value::Null]) => {
            return Err(no_number("null"));
        }
        (_, [one]) => match (method, long(one)) {
            (MethodName::ValueOf, Some(n)) => Value::Long(n),
            (MethodName::ToString, Some(n)) => Value::text(n.to_string()),
            (MethodName::ToHexString, Some(n)) => Value::text(format!("{n:x}")),
            (MethodName::ToOctalString, Some(n)) => Value::text(format!("{n:o}")),
            (MethodName::ToBinaryString, Some(n)) => Value::text(format!("{n:b}")),
            (MethodName::Signum, Some(n)) => Value::Integer(n.signum() as i32),
            (MethodName::BitCount, Some(n)) => Value::Integer(n.count_ones() as i32),
            _ => return Ok(None),
        },
        (_, [a, b]) => match (method, long(a), long(b)) {
            (MethodName::Max, Some(a), Some(b)) => Value::Long(a.max(b)),
            (MethodName::Min, Some(a), Some(b)) => Value::Long(a.min(b)),
            (MethodName::Sum, Some(a), Some(b)) => Value::Long(a.wrapping_add(b)),
            (MethodName::Compare, Some(a), Some(b)) => Value::Integer(a.cmp(&b) as i32),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

fn of_double<'r>(number: &Number, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    let value = number.double_value();
    // Every primitive number widens to a double.
    let double = |value: &Value<'r>| match value {
        Value::Integer(_) | Value::Long(_) | Value::Double(_) => {
            value.as_number().map(|n| n.double_value())
        }
        _ => None,
    };
    Ok(Some(match (method, arguments) {
        (MethodName::IsNaN, []) => Value::Bool(value.is_nan()),
        (MethodName::IsInfinite, []) => Value::Bool(value.is_infinite()),
        (MethodName::ParseDouble | MethodName::ValueOf, [Value::Text(text)]) => {
            Value::Double(text.trim().parse().map_err(|_| no_number(text))?)
        }
        (MethodName::ParseDouble | MethodName::ValueOf, [Value::Null]) => {
            return Err(null_pointer());
        }
        (_, [one]) => match (method, double(one)) {
            (MethodName::ValueOf, Some(n)) => Value::Double(n),
            (MethodName::IsNaN, Some(n)) => Value::Bool(n.is_nan()),
            (MethodName::IsInfinite, Some(n)) => Value::Bool(n.is_infinite()),
            (MethodName::ToString, Some(n)) => Value::text(Number::Double(n).to_string()),
            _ => return Ok(None),
        },
        (_, [a, b]) => match (method, double(a), double(b)) {
            (MethodName::Max, Some(a), Some(b)) => Value::Double(a.max(b)),
            (MethodName::Min, Some(a), Some(b)) => Value::Double(a.min(b)),
            (MethodName::Sum, Some(a), Some(b)) => Value::Double(a + b),
            (MethodName::Compare, Some(a), Some(b)) => Value::Integer(a.total_cmp(&b) as i32),
            _ => return Ok(None),
        },
        _ => return Ok(None),
    }))
}

/// `BigInteger` and `BigDecimal` calculate with their own kind only.
fn of_big<'r>(number: &Number, method: MethodName, arguments: &[Value<'r>]) -> Called<'r> {
    if let (MethodName::BitLength, Number::BigInteger(n), []) = (method, number, arguments) {
        // Java counts the bits of the two's complement without the sign.
        let bits = if n.sign() == num_bigint::Sign::Minus { (n + 1u8).bits() } else { n.bits() };
        return Ok(Some(Value::Integer(i32::try_from(bits).unwrap_or(i32::MAX))));
    }
    if let (MethodName::Negate | MethodName::Abs | MethodName::Signum, []) = (method, arguments) {
        let zero = Number::Integer(0);
        let negative = compare(number, &zero) == Some(Ordering::Less);
        return Ok(Some(match method {
            MethodName::Signum => Value::Integer(order(compare(number, &zero))),
            MethodName::Abs if !negative => number.clone().into(),
            _ => match arithmetic(Arithmetic::Subtract, &zero, number) {
                Ok(Some(negated)) => negated.into(),
                _ => Value::Null,
            },
        }));
    }
    let [other] = arguments else { return Ok(None) };
    let Some(other) = other.as_number().filter(|o| same_class(number, o)) else { return Ok(None) };
    let operation = match method {
        MethodName::Add => Arithmetic::Add,
        MethodName::Subtract => Arithmetic::Subtract,
        MethodName::Multiply => Arithmetic::Multiply,
        MethodName::Divide if matches!(number, Number::BigInteger(_)) => Arithmetic::Divide,
        MethodName::Mod if matches!(number, Number::BigInteger(_)) => Arithmetic::Modulo,
        MethodName::Max | MethodName::Min => {
            let larger = compare(number, &other) != Some(Ordering::Less);
            return Ok(Some(
                if larger == (method == MethodName::Max) { number.clone() } else { other }.into(),
            ));
        }
        _ => return Ok(None),
    };
    match arithmetic(operation, number, &other) {
        Ok(Some(result)) => Ok(Some(result.into())),
        _ => Err(Exception::new("java.lang.ArithmeticException", "BigInteger divide by zero")),
    }
}
