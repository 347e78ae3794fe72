/// A facility in a file: written from one snapshot of the database, and read into a new facility.
/// The file is a zip archive with each table's rows as PostgreSQL's COPY writes them, and a
/// manifest that says what must be in it.
@NullMarked
package opd.backup;

import org.jspecify.annotations.NullMarked;
