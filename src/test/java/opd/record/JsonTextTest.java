package opd.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 4;

  @Test
  void everyCharacterIsWrittenAsTheMapperWritesIt() {
    for (int code = 0; code <= Character.MAX_CODE_POINT; code++) {
      // A half of a pair alone is no text.
      if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
        String text = "a" + Character.toString(code) + "b";
        ObjectNode node = JSON.objectNode().put(text, text);
        assertThat(JsonText.of(node)).isEqualTo(node.toString());
      }
    }
  }

  @Test
  void anyTreeIsWrittenAsTheMapperWritesIt() {
    long seed = Long.getLong("opd.seed", 1);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      JsonNode node = tree(random, DEPTH);
      assertThat(JsonText.of(node)).as("seed %d", seed).isEqualTo(node.toString());
    }
  }

  @Test
  void whatIsNoJsonIsRefused() {
    JsonNode node = JSON.arrayNode().addPOJO(new Object());
    assertThatIllegalArgumentException().isThrownBy(() -> JsonText.of(node));
  }

  private static JsonNode tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.numberNode(random.nextLong());
      case 4 -> JSON.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30)));
      case 5 -> JSON.textNode("");
      case 6 -> JSON.textNode("größer \"\\/\t\u0007 \u2028 अनु 😀" + random.nextInt());
      case 7 -> JSON.rawValueNode(new RawValue("{\"kept\": [1.50, \"अ\"]}"));
      case 8 -> {
        ArrayNode array = JSON.arrayNode();
        for (int index = random.nextInt(4); index > 0; index--) {
          array.add(tree(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (int index = random.nextInt(4); index > 0; index--) {
          object.set("field \"" + index + "\n", tree(random, depth - 1));
        }
        yield object;
      }
    };
  }
}
