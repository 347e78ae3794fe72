/// The managed local PostgreSQL: unpacked, initialised and started on first use in the user's own
/// folder, then left running so that later commands find it warm. Real and fully durable, reachable
/// on the loopback address only. It speaks to the server by processes and files, never by SQL
/// connections.
@NullMarked
package opd.server;

import org.jspecify.annotations.NullMarked;
