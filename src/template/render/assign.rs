//! `#set`: what its left side makes of a value.

use super::{Renderer, Rendering};
use crate::host::Root;
use crate::methods;
use crate::template::program::{Reference, Set, Step, Target};
use crate::value::Value;

impl<'r> Renderer<'r> {
    pub(super) fn set(&mut self, set: &'r Set) -> Rendering {
        self.budget.step(1, set.span)?;
        let value = self.value(&set.value)?;
        // Velocity refuses to assign null: the variable keeps what it has.
        if value.is_null() {
            return Ok(());
        }
        match &set.target {
            Target::Variable(slot) => {
                self.put(*slot, value);
                Ok(())
            }
            Target::Member(reference, last) => self.set_member(reference, last, value),
            Target::Nothing => Ok(()),
        }
    }

    fn set_member(
        &mut self,
        reference: &'r Reference,
        last: &'r Step,
        value: Value<'r>,
    ) -> Rendering {
        let owner = self.lookup(reference)?;
        let result = match (&owner, last) {
            (Value::Null | Value::Root(Root::Input | Root::Util), _) => return Ok(()),
            (Value::Root(Root::Context), Step::Index(index, _)) => {
                let name = self.value(index)?;
                self.context.set(name, value);
                return Ok(());
            }
            (Value::Root(Root::Context), Step::Property(name, _)) => {
                self.context.set(Value::text(&**name), value);
                return Ok(());
            }
            (Value::Loop(scope), Step::Property(name, _)) => {
                scope.set(name, value);
                return Ok(());
            }
            (_, Step::Index(index, _)) => {
                let index = self.value(index)?;
                return match methods::set_index(&owner, &index, value) {
                    Ok(()) => Ok(()),
                    Err(e) => Err(self.exception(e, "set", &owner, last.span())),
                };
            }
            // A call at the end of a left side is taken for a property of its name.
            (_, Step::Property(name, _)) => methods::set_property(&owner, name, value),
            (_, Step::Call(call)) => methods::set_property(&owner, &call.name, value),
        };
        result.map_err(|e| self.exception(e, "put", &owner, last.span()))
    }
}
