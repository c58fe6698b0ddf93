//! `#foreach`, and the `$foreach` that it puts in scope.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use super::{Interrupt, Output, Renderer, Rendering, runtime, shared_address};
use crate::Span;
use crate::methods::{self, Items};
use crate::template::ForeachLimit;
use crate::template::coverage::Way;
use crate::template::program::{Expr, Foreach, slots};
use crate::value::{Map, MapKind, Value};
use crate::{Error, ErrorKind};

/// `$foreach` inside one loop.
#[derive(Debug)]
pub(crate) struct LoopScope<'r> {
    index: Cell<i32>,
    has_next: Cell<bool>,
    parent: Value<'r>,
    /// What `#set($foreach.name = …)` stored
    storage: OnceCell<Rc<Map<'r>>>,
}

impl<'r> LoopScope<'r> {
    pub(super) fn property(self: &Rc<Self>, name: &str) -> Value<'r> {
        let count = self.index.get() + 1;
        match name {
            "index" => Value::Integer(self.index.get()),
            "count" => Value::Integer(count),
            "hasNext" => Value::Bool(self.has_next.get()),
            "first" => Value::Bool(count == 1),
            "last" => Value::Bool(!self.has_next.get()),
            "parent" => self.parent.clone(),
            "topmost" => {
                let mut top = self.clone();
                while let Value::Loop(parent) = &top.parent {
                    top = parent.clone();
                }
                Value::Loop(top)
            }
            _ => self.storage.get().and_then(|map| map.get_text(name)).unwrap_or(Value::Null),
        }
    }

    /// `$foreach.hasNext()`, `$foreach.getIndex()`; `None` for the methods that any map has.
    pub(super) fn call(self: &Rc<Self>, name: &str, arguments: &[Value<'r>]) -> Option<Value<'r>> {
        Some(match (name, arguments) {
            ("hasNext" | "getHasNext", []) => self.property("hasNext"),
            ("getIndex", []) => self.property("index"),
            ("getCount", []) => self.property("count"),
            ("isFirst" | "getFirst", []) => self.property("first"),
            ("isLast" | "getLast", []) => self.property("last"),
            ("getParent", []) => self.property("parent"),
            ("getTopmost", []) => self.property("topmost"),
            _ => return None,
        })
    }

    /// What the template stored in the scope: a scope is a map.
    pub(crate) fn storage(&self) -> &Rc<Map<'r>> {
        self.storage.get_or_init(|| Rc::new(Map::new(MapKind::Hash)))
    }

    pub(super) fn set(&self, name: &'r str, value: Value<'r>) {
        self.storage().put(Value::text(name), value);
    }
}

impl<'r> Renderer<'r> {
    pub(super) fn foreach(&mut self, foreach: &'r Foreach, out: &mut impl Output) -> Rendering {
        self.budget.step(1, foreach.span)?;
        out.ran(foreach.span);
        let Some(list) = &foreach.list else { return Ok(()) };
        let list = self.value(list)?;
        let Some(mut items) = methods::items(&list) else {
            out.took(foreach.span, Way::NoRound);
            return Ok(());
        };
        if !items.has_next() {
            out.took(foreach.span, Way::NoRound);
            return Ok(());
        }
        out.took(foreach.span, Way::Rounds);
        let kept = [foreach.item, slots::FOREACH, slots::VELOCITY_COUNT, slots::VELOCITY_HAS_NEXT];
        let mut before = [const { Value::Null }; 4];
        for (slot, value) in kept.iter().zip(&mut before) {
            *value = self.get(*slot)?;
        }
        let scope = Rc::new(LoopScope {
            index: Cell::new(-1),
            has_next: Cell::new(true),
            parent: if matches!(before[1], Value::Loop(_)) {
                before[1].clone()
            } else {
                Value::Null
            },
            storage: OnceCell::new(),
        });
        self.put(slots::FOREACH, Value::Loop(scope.clone()));
        self.loops += 1;
        let result = self.rounds(foreach, &list, items, &scope, out);
        self.loops -= 1;
        for (slot, value) in kept.into_iter().zip(before) {
            self.put(slot, value);
        }
        match result {
            Err(Interrupt::Break(None)) => Ok(()),
            Err(Interrupt::Break(Some(id))) if id == shared_address(&scope) => Ok(()),
            other => other,
        }
    }

    fn rounds(
        &mut self,
        foreach: &'r Foreach,
        list: &Value<'r>,
        mut items: Items<'r>,
        scope: &Rc<LoopScope<'r>>,
        out: &mut impl Output,
    ) -> Rendering {
        let limit = self.budget.limits().foreach_rounds;
        let mut rounds = 0usize;
        while items.has_next() {
            if rounds == limit {
                return self.too_many_rounds(limit, foreach.span);
            }
            rounds += 1;
            self.budget.step(1, foreach.span)?;
            let item = match items.next() {
                Ok(item) => item.unwrap_or(Value::Null),
                Err(e) => return Err(self.exception(e, "next", list, foreach.span)),
            };
            scope.index.set(scope.index.get().wrapping_add(1));
            scope.has_next.set(items.has_next());
            self.put(slots::VELOCITY_COUNT, Value::Integer(scope.index.get().wrapping_add(1)));
            self.put(slots::VELOCITY_HAS_NEXT, Value::Bool(scope.has_next.get()));
            let null = item.is_null();
            self.put(foreach.item, item);
            if null {
                self.masked.push(foreach.item);
            }
            let result = self.nodes(&foreach.body, out);
            if null {
                self.masked.pop();
            }
            result?;
        }
        Ok(())
    }

    #[cold]
    fn too_many_rounds(&mut self, limit: usize, span: Span) -> Rendering {
        match self.budget.limits().foreach_limit {
            ForeachLimit::Fail => {
                Err(Interrupt::Error(Error::new(ErrorKind::ForeachLimit(limit), span)))
            }
            ForeachLimit::Truncate => {
                self.note(span, format!("`#foreach` stopped after {limit} rounds"));
                Ok(())
            }
        }
    }

    pub(super) fn break_out(&mut self, scope: Option<&'r Expr>, span: Span) -> Rendering {
        let Some(scope) = scope else { return Err(Interrupt::Break(None)) };
        match self.value(scope)? {
            Value::Loop(scope) => Err(Interrupt::Break(Some(shared_address(&scope)))),
            _ => Err(runtime("`#break` takes a loop, such as `$foreach.parent`", span)),
        }
    }
}
