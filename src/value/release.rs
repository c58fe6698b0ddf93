//! Lists and maps without recursion when they are given up: a payload that was copied may be nested deeply.

use super::{Entry, List, Map, Value};

impl Value<'_> {
    fn holds_others(&self) -> bool {
        matches!(self, Value::List(_) | Value::Map(_) | Value::Entry(_))
    }
}

impl Drop for List<'_> {
    fn drop(&mut self) {
        if self.items_mut().iter().any(Value::holds_others) {
            release(std::mem::take(self.items_mut()));
        }
    }
}

impl Drop for Map<'_> {
    fn drop(&mut self) {
        if self.entries_mut().values().any(Value::holds_others) {
            release(std::mem::take(self.entries_mut()).into_values().collect());
        }
    }
}

/// Gives values up, and what only they hold, one after the other.
fn release(mut values: Vec<Value<'_>>) {
    while let Some(value) = values.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut list) = std::rc::Rc::into_inner(list) {
                    values.append(list.items_mut());
                }
            }
            Value::Map(map) => {
                if let Some(mut map) = std::rc::Rc::into_inner(map) {
                    values.extend(std::mem::take(map.entries_mut()).into_values());
                }
            }
            Value::Entry(entry) => {
                if let Some(Entry { key, value }) = std::rc::Rc::into_inner(entry) {
                    values.extend([key, value]);
                }
            }
            _ => {}
        }
    }
}
