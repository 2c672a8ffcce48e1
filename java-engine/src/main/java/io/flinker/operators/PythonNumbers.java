/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.operators;

import java.math.BigDecimal;

/** Numbers as Python writes them. */
final class PythonNumbers {

    /** Beyond these powers of ten Python writes an exponent. */
    private static final int LEAST_PLAIN_EXPONENT = -4;

    private static final int GREATEST_PLAIN_EXPONENT = 15;

    private PythonNumbers() {}

    /** Appends {@code repr(value)}, which for all but decimals is {@code str(value)}, too. */
    static void appendRepr(StringBuilder text, Number value) {
        if (value instanceof Double || value instanceof Float) {
            appendFloat(text, value.doubleValue());
        } else if (value instanceof BigDecimal) {
            text.append("Decimal('").append(value).append("')");
        } else {
            text.append(value);
        }
    }

    private static void appendFloat(StringBuilder text, double value) {
        if (Double.isNaN(value)) {
            text.append("nan");
            return;
        }
        if (value < 0 || 1 / value < 0) {
            text.append('-');
        }
        if (Double.isInfinite(value)) {
            text.append("inf");
        } else if (value == 0) {
            text.append("0.0");
        } else {
            appendFinite(text, ShortestDecimal.of(Math.abs(value)));
        }
    }

    private static void appendFinite(StringBuilder text, BigDecimal value) {
        String digits = value.unscaledValue().toString();
        int exponent = digits.length() - 1 - value.scale();
        if (exponent < LEAST_PLAIN_EXPONENT || exponent > GREATEST_PLAIN_EXPONENT) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append(exponent < 0 ? "e-" : "e+");
            text.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent));
        } else if (exponent < 0) {
            text.append("0.").append("0".repeat(-exponent - 1)).append(digits);
        } else if (exponent >= digits.length() - 1) {
            text.append(digits).append("0".repeat(exponent - digits.length() + 1)).append(".0");
        } else {
            text.append(digits, 0, exponent + 1).append('.');
            text.append(digits, exponent + 1, digits.length());
        }
    }
}
