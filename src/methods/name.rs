//! The names of the Java methods that a template can call; resolved when the template is compiled.

macro_rules! names {
    ($($variant:ident = $name:literal,)*) => {
        /// A method's name, of whatever class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum MethodName {
            $($variant,)*
        }

        impl MethodName {
            /// The method of a name; `None` when no class that a template can meet has one.
            pub(crate) fn named(name: &str) -> Option<MethodName> {
                Some(match name {
                    $($name => MethodName::$variant,)*
                    _ => return None,
                })
            }

            #[cfg(test)]
            pub(crate) const ALL: &[&str] = &[$($name,)*];
        }
    };
}

names! {
    Abs = "abs",
    Add = "add",
    AddAll = "addAll",
    BigIntegerGcd = "gcd",
    BitCount = "bitCount",
    BitLength = "bitLength",
    BooleanValue = "booleanValue",
    ByteValue = "byteValue",
    CharAt = "charAt",
    CharValue = "charValue",
    Clear = "clear",
    CodePointAt = "codePointAt",
    Compare = "compare",
    CompareTo = "compareTo",
    CompareToIgnoreCase = "compareToIgnoreCase",
    Concat = "concat",
    Contains = "contains",
    ContainsAll = "containsAll",
    ContainsKey = "containsKey",
    ContainsValue = "containsValue",
    ContentEquals = "contentEquals",
    DoubleValue = "doubleValue",
    EndsWith = "endsWith",
    EntrySet = "entrySet",
    Equals = "equals",
    EqualsIgnoreCase = "equalsIgnoreCase",
    FloatValue = "floatValue",
    Format = "format",
    Get = "get",
    GetClass = "getClass",
    GetKey = "getKey",
    GetName = "getName",
    GetNumericValue = "getNumericValue",
    GetOrDefault = "getOrDefault",
    GetSimpleName = "getSimpleName",
    GetValue = "getValue",
    HasNext = "hasNext",
    HashCode = "hashCode",
    IndexOf = "indexOf",
    IntValue = "intValue",
    Intern = "intern",
    IsBlank = "isBlank",
    IsDigit = "isDigit",
    IsEmpty = "isEmpty",
    IsInfinite = "isInfinite",
    IsLetter = "isLetter",
    IsLetterOrDigit = "isLetterOrDigit",
    IsLowerCase = "isLowerCase",
    IsNaN = "isNaN",
    IsUpperCase = "isUpperCase",
    IsWhitespace = "isWhitespace",
    Iterator = "iterator",
    Join = "join",
    KeySet = "keySet",
    LastIndexOf = "lastIndexOf",
    Length = "length",
    LongValue = "longValue",
    Matches = "matches",
    Max = "max",
    Min = "min",
    Mod = "mod",
    Multiply = "multiply",
    Divide = "divide",
    Negate = "negate",
    Next = "next",
    ParseBoolean = "parseBoolean",
    ParseDouble = "parseDouble",
    ParseInt = "parseInt",
    ParseLong = "parseLong",
    Pow = "pow",
    Put = "put",
    PutAll = "putAll",
    PutIfAbsent = "putIfAbsent",
    RegionMatches = "regionMatches",
    Remainder = "remainder",
    Remove = "remove",
    RemoveAll = "removeAll",
    Repeat = "repeat",
    Replace = "replace",
    ReplaceAll = "replaceAll",
    ReplaceFirst = "replaceFirst",
    RetainAll = "retainAll",
    Reverse = "reverse",
    Set = "set",
    SetValue = "setValue",
    ShortValue = "shortValue",
    Signum = "signum",
    Size = "size",
    Split = "split",
    StartsWith = "startsWith",
    Strip = "strip",
    StripLeading = "stripLeading",
    StripTrailing = "stripTrailing",
    SubList = "subList",
    SubSequence = "subSequence",
    Substring = "substring",
    Subtract = "subtract",
    Sum = "sum",
    ToArray = "toArray",
    ToBinaryString = "toBinaryString",
    ToCharArray = "toCharArray",
    ToHexString = "toHexString",
    ToLowerCase = "toLowerCase",
    ToOctalString = "toOctalString",
    ToString = "toString",
    ToUpperCase = "toUpperCase",
    Trim = "trim",
    ValueOf = "valueOf",
    Values = "values",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        assert!(MethodName::ALL.iter().all(|name| MethodName::named(name).is_some()));
        assert_eq!(MethodName::named("exec"), None);
    }
}
