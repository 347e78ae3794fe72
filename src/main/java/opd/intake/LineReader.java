package opd.intake;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import opd.audit.Encoding;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumbers;
import opd.domain.RequestId;
import opd.domain.SlotReference;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.BatchLine;
import org.jspecify.annotations.Nullable;

/// Understands the fields of a line, and gives it the id under which it may be repeated.
final class LineReader implements AutoCloseable {
  private static final int ID_DIGITS = 40;

  private final Inputs inputs;
  private final PhoneNumbers phones;
  private final @Nullable String batchId;
  private final Function<SlotReference, SlotReference> canonical;
  private final SeenLines seen = new SeenLines();

  /// @param batchId makes the ids of this list differ from those of an equal one, or null
  /// @param canonical gives a slot's label for its id
  LineReader(
      Inputs inputs,
      PhoneNumbers phones,
      @Nullable String batchId,
      Function<SlotReference, SlotReference> canonical) {
    this.inputs = inputs;
    this.phones = phones;
    this.batchId = batchId;
    this.canonical = canonical;
  }

  IntakeLine read(RawLine raw) {
    try {
      return switch (raw) {
        case RawLine.Broken broken ->
            new IntakeLine.Malformed(broken.line(), OpdException.invalid(broken.reason()));
        case RawLine.Fields fields -> wish(fields);
      };
    } catch (OpdException e) {
      return new IntakeLine.Malformed(raw.line(), e);
    }
  }

  private IntakeLine wish(RawLine.Fields fields) {
    Map<String, String> values = fields.values();
    String member = values.getOrDefault(Columns.MEMBER, "1");
    AllocationRequest wish =
        new AllocationRequest(
            place(values),
            new PatientKey(
                phones.parse(required(values, Columns.PHONE)),
                Inputs.number(Columns.MEMBER, member, 1, PatientKey.MOST_MEMBERS)),
            Optional.ofNullable(values.get(Columns.NAME)).map(PersonName::new),
            Inputs.choice(
                TokenPriority.class, Columns.PRIORITY, required(values, Columns.PRIORITY)),
            Inputs.choice(TokenSource.class, Columns.SOURCE, required(values, Columns.SOURCE)),
            false,
            false);
    String given = values.get(Columns.REQUEST_ID);
    RequestId id = given == null ? derivedId(wish) : new RequestId(given);
    return new IntakeLine.Wish(fields.line(), new BatchLine(id, wish));
  }

  private AllocationRequest.Place place(Map<String, String> values) {
    String slot = values.get(Columns.SLOT);
    String doctor = values.get(Columns.DOCTOR);
    if ((slot == null) == (doctor == null)) {
      throw OpdException.invalid("a line needs a slot or a doctor, and not both");
    }
    return slot != null
        ? new AllocationRequest.Place.InSlot(canonical.apply(inputs.slot(slot)))
        : new AllocationRequest.Place.WithDoctor(
            DoctorCode.parse(required(values, Columns.DOCTOR)));
  }

  private static String required(Map<String, String> values, String column) {
    String value = values.get(column);
    if (value == null) {
      throw new OpdException(ErrorCode.INVALID_INPUT, "column " + column + " is empty");
    }
    return value;
  }

  /// From what the line asks and how many equal lines came before it, so that the same list taken
  /// again is the same requests.
  private RequestId derivedId(AllocationRequest wish) {
    String place =
        switch (wish.place()) {
          case AllocationRequest.Place.InSlot(SlotReference slot) -> slot.toString();
          case AllocationRequest.Place.WithDoctor(DoctorCode doctor) ->
              doctor + " " + inputs.today();
        };
    byte[] line =
        Encoding.sha256(
            batchId,
            place,
            wish.patient().phone().e164(),
            Integer.toString(wish.patient().member()),
            wish.priority().name(),
            wish.source().name());
    int before = seen.count(line);
    String digest = Encoding.sha256Hex(HexFormat.of().formatHex(line), Integer.toString(before));
    return new RequestId("batch-" + digest.substring(0, ID_DIGITS));
  }

  @Override
  public void close() {
    seen.close();
  }
}
