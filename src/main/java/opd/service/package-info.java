/// What a desk can ask for. Each decision is one explicit transaction: find, lock and load, decide,
/// write.
@NullMarked
package opd.service;

import org.jspecify.annotations.NullMarked;
