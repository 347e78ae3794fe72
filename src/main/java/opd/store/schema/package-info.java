/// A facility as a schema of the database: migrations, roles and their rights, the facility's own
/// row, copies. Administration and looks at the catalogue are SQL as text here, as jOOQ has no
/// words for them.
@NullMarked
package opd.store.schema;

import org.jspecify.annotations.NullMarked;
