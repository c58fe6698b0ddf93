//! The end of lists and maps, level by level: a payload that a template changes may be nested deeper than the stack is.

use std::rc::Rc;

use super::{List, Map, Value};

impl Drop for List<'_> {
    fn drop(&mut self) {
        release(self.take());
    }
}

impl Drop for Map<'_> {
    fn drop(&mut self) {
        if self.len() > 0 {
            release(self.take().filter(holds_values).collect());
        }
    }
}

fn release(values: Vec<Value<'_>>) {
    let mut open = values;
    while let Some(value) = open.pop() {
        match value {
            Value::List(list) => {
                if let Some(mut list) = Rc::into_inner(list) {
                    open.append(&mut list.take());
                }
            }
            Value::Map(map) => {
                if let Some(mut map) = Rc::into_inner(map) {
                    open.extend(map.take().filter(holds_values));
                }
            }
            Value::Entry(entry) => {
                if let Some(entry) = Rc::into_inner(entry) {
                    open.extend([entry.key, entry.value]);
                }
            }
            _ => {}
        }
    }
}

fn holds_values(value: &Value<'_>) -> bool {
    matches!(value, Value::List(_) | Value::Map(_) | Value::Entry(_))
}
