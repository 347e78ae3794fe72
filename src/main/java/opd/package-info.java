/// The OPD Token Engine: hands out places in doctors' time slots by explicit rules, one audited
/// transaction for each decision. See [opd.Main] for where it begins, and the packages' own
/// descriptions for what each is for and may import.
@NullMarked
package opd;

import org.jspecify.annotations.NullMarked;
