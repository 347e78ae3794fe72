/// Tests of the managed local PostgreSQL: each with a real server in a home of its own.
@NullMarked
package opd.server;

import org.jspecify.annotations.NullMarked;
