//! "One of these ids" as one parameter, so that a statement is prepared once, however many ids it is asked about.
//!
//! diesel's own `eq_any` writes a question mark for each value on SQLite, and such a statement is parsed and planned
//! anew each time. [`super::Conn`] as a whole cannot tell which database it is, so a query with this is loaded inside
//! `on_both!`.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Bool, Text};
use diesel::sqlite::Sqlite;

/// True where `column` is one of `ids`.
pub fn among<C>(column: C, ids: &[i64]) -> Among<C> {
    let listed: Vec<String> = ids.iter().map(i64::to_string).collect();
    Among { column, json: format!("[{}]", listed.join(",")), ids: ids.to_vec() }
}

/// See [`among`].
#[derive(Debug, Clone, QueryId)]
pub struct Among<C> {
    column: C,
    json: String,
    ids: Vec<i64>,
}

impl<C: Expression> Expression for Among<C> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for Among<C> {}

impl<C: SelectableExpression<QS>, QS> SelectableExpression<QS> for Among<C> {}

impl<C, G> ValidGrouping<G> for Among<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Among<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let mut out = self.column_and(out, " IN (SELECT value FROM json_each(")?;
        out.push_bind_param::<Text, _>(&self.json)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<C: QueryFragment<Pg>> QueryFragment<Pg> for Among<C> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let mut out = self.column_and(out, " = ANY(")?;
        out.push_bind_param::<Array<BigInt>, _>(&self.ids)?;
        out.push_sql(")");
        Ok(())
    }
}

/// True where `column` is one of `names`.
pub fn named<C>(column: C, names: &[&str]) -> Named<C> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    // A list of texts always is JSON.
    Named { column, json: serde_json::to_string(&names).unwrap_or_else(|_| "[]".to_owned()), names }
}

/// See [`named`].
#[derive(Debug, Clone, QueryId)]
pub struct Named<C> {
    column: C,
    json: String,
    names: Vec<String>,
}

impl<C: Expression> Expression for Named<C> {
    type SqlType = Bool;
}

impl<C: AppearsOnTable<QS>, QS> AppearsOnTable<QS> for Named<C> {}

impl<C: SelectableExpression<QS>, QS> SelectableExpression<QS> for Named<C> {}

impl<C, G> ValidGrouping<G> for Named<C> {
    type IsAggregate = is_aggregate::No;
}

impl<C: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Named<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, _>(&self.json)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<C: QueryFragment<Pg>> QueryFragment<Pg> for Named<C> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY(");
        out.push_bind_param::<Array<Text>, _>(&self.names)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<C> Among<C> {
    fn column_and<'a, 'b, DB: Backend>(
        &'b self,
        mut out: AstPass<'a, 'b, DB>,
        sql: &str,
    ) -> QueryResult<AstPass<'a, 'b, DB>>
    where
        C: QueryFragment<DB>,
    {
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(sql);
        Ok(out)
    }
}
