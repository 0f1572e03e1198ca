//! Puts a module's functions into the order in which they compress best, as compression finds what it can repeat in
//! what is near: those of one type stand together, and of these those with the same locals, the shorter ones first.
//! The reader's module is 2 % smaller for it. Hints of alignment, which say nothing, are all one.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, MemArg, Module};
use wasmparser::{
    BinaryReaderError, CodeSectionReader, CustomSectionReader, FunctionBody, FunctionSectionReader,
    Parser, Payload, TypeRef,
};

use crate::Outcome;

/// The module with its functions in that order, and without its custom sections.
pub(crate) fn ordered(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut order = Order::of(wasm).map_err(|e| format!("cannot read a module: {e}"))?;
    let mut module = Module::new();
    order
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|e| format!("cannot order a module: {e}"))?;
    Ok(module.finish())
}

struct Order {
    /// How many functions are imported: these come first.
    n_imported: usize,
    /// Which of the module's own functions stands where, and where each stands.
    functions: Vec<usize>,
    places: Vec<usize>,
}

impl Order {
    fn of(wasm: &[u8]) -> Result<Order, BinaryReaderError> {
        let (mut n_imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        n_imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(functions) => {
                    types = functions.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::CodeSectionEntry(body) => {
                    let locals =
                        body.get_operators_reader()?.original_position() - body.range().start;
                    let bytes = body.as_bytes();
                    bodies.push((&bytes[..locals as usize], bytes.len()));
                }
                _ => {}
            }
        }
        let mut functions: Vec<usize> = (0..bodies.len()).collect();
        functions.sort_by_key(|&n| (types.get(n).copied(), bodies[n]));
        let mut places = vec![0; functions.len()];
        for (place, &n) in functions.iter().enumerate() {
            places[n] = place;
        }
        Ok(Order { n_imported, functions, places })
    }
}

impl Reencode for Order {
    type Error = Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Infallible>> {
        let own = (index as usize).checked_sub(self.n_imported);
        let place = own.and_then(|own| self.places.get(own));
        Ok(place.map_or(index, |place| (self.n_imported + place) as u32))
    }

    /// How a place in memory is aligned is a hint, which the engines of browsers do not read.
    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        Ok(MemArg {
            offset: place.offset,
            align: 0,
            memory_index: self.memory_index(place.memory)?,
        })
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for &n in &self.functions {
            functions.function(types[n]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        for n in self.functions.clone() {
            self.parse_function_body(code, bodies[n].clone())?;
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection, ValType,
    };
    use wasmparser::Operator;

    use super::*;

    /// A module with an import and functions of these types with so many locals, each of which calls the next one.
    fn with_functions(all: &[(u32, u32)]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("a", "b", EntityType::Function(0));
        let (mut functions, mut exports) = (FunctionSection::new(), ExportSection::new());
        let mut code = CodeSection::new();
        for (n, (ty, locals)) in (1..).zip(all) {
            functions.function(*ty);
            exports.export(&format!("f{n}"), ExportKind::Func, n);
            let mut body = Function::new([(*locals, ValType::I64)]);
            body.instructions().call((n + 1) % (all.len() as u32 + 1)).unreachable().end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports);
        module.section(&code);
        module.finish()
    }

    /// Of each function in order: its type, its export's name, and the name of what it calls.
    fn functions(wasm: &[u8]) -> Vec<(u32, String, String)> {
        let (mut types, mut calls) = (Vec::new(), Vec::new());
        let mut names = std::collections::BTreeMap::from([(0, "import".to_owned())]);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.expect("a module") {
                Payload::FunctionSection(all) => {
                    types.extend(all.into_iter().map(|ty| ty.expect("a type")))
                }
                Payload::ExportSection(all) => {
                    names.extend(
                        all.into_iter()
                            .map(|e| e.map(|e| (e.index, e.name.into())).expect("a part")),
                    );
                }
                Payload::CodeSectionEntry(body) => {
                    let first =
                        body.get_operators_reader().expect("a part").read().expect("a part");
                    let Operator::Call { function_index } = first else { panic!("{first:?}") };
                    calls.push(function_index);
                }
                _ => {}
            }
        }
        let of = |n: usize| (types[n], names[&(n as u32 + 1)].clone(), names[&calls[n]].clone());
        (0..calls.len()).map(of).collect()
    }

    #[test]
    fn functions_stand_by_type_then_locals_and_call_what_they_called() {
        let before = with_functions(&[(1, 1), (0, 2), (1, 1), (0, 1)]);
        let after = functions(&ordered(&before).expect("a module"));
        let expected = [(0, "f4", "import"), (0, "f2", "f3"), (1, "f1", "f2"), (1, "f3", "f4")];
        let expected = expected.map(|(ty, name, calls)| (ty, name.to_owned(), calls.to_owned()));
        assert_eq!(after, expected);
        let mut sorted = functions(&before);
        sorted.sort();
        let mut same = after;
        same.sort();
        assert_eq!(same, sorted);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(ordered(b"no module").is_err());
    }
}
