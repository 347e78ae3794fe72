/// The managed local PostgreSQL: unpacked, initialised and started on first use in the user's own
/// folder, then left running so that later commands find it warm. Real and fully durable, reachable
/// on the loopback address only. May import `opd.domain`, the JDK and the decompressors; it speaks
/// to the server by processes and files, never by SQL connections.
@NullMarked
package opd.managed;

import org.jspecify.annotations.NullMarked;
