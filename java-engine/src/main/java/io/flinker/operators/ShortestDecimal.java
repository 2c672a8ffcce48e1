/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal with the fewest digits that is read back as a given double; of several, the nearest.
 *
 * <p>{@link Double#toString} means the same, with two differences: before Java 19 it now and then
 * has digits too many, and it never has fewer than two.
 */
final class ShortestDecimal {

    /** So many digits survive the way to a double and back, if it is a normal one. */
    private static final int SAFE_DIGITS = 15;

    /** So many digits tell any double from its neighbours. */
    private static final int ENOUGH_DIGITS = 17;

    private static final boolean SHORTEST_BY_JAVA = Runtime.version().feature() >= 19;

    private ShortestDecimal() {}

    /** The decimal of a positive, finite double, without trailing zeros. */
    static BigDecimal of(double value) {
        boolean normal = value >= Double.MIN_NORMAL;
        BigDecimal byJava = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (normal && (SHORTEST_BY_JAVA || byJava.precision() <= SAFE_DIGITS)) {
            return byJava;
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = normal ? SAFE_DIGITS : 1; digits < ENOUGH_DIGITS; digits++) {
            BigDecimal found = nearest(value, exact, digits);
            if (found != null) {
                return found.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    /** The nearest decimal of so many digits that is read back as the value; null if none is. */
    private static BigDecimal nearest(double value, BigDecimal exact, int digits) {
        BigDecimal near = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (near.doubleValue() == value) {
            return near;
        }
        // At a power of two, doubles lie closer together below than above: then the decimal on the
        // far side may be read back where the near one is not.
        RoundingMode far = near.compareTo(exact) < 0 ? RoundingMode.UP : RoundingMode.DOWN;
        BigDecimal other = exact.round(new MathContext(digits, far));
        return other.doubleValue() == value ? other : null;
    }
}
