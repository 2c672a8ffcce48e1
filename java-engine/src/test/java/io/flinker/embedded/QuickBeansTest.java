/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

final class QuickBeansTest {

    private final MBeanServer server =
            new QuickBeans().newMBeanServer("test", null, new MBeanServerDelegate());
    private boolean asked;

    /** A bean whose description is asked for when it is registered. */
    public interface SlowMBean {
        int getSize();
    }

    private StandardMBean slow() throws Exception {
        SlowMBean bean = () -> 3;
        return new StandardMBean(bean, SlowMBean.class) {
            @Override
            public javax.management.MBeanInfo getMBeanInfo() {
                asked = true;
                return super.getMBeanInfo();
            }
        };
    }

    @Test
    void theSlowBeanIsRegisteredWhenSomebodyAsks() throws Exception {
        ObjectName name = new ObjectName("com.sun.management:type=DiagnosticCommand");
        assertEquals(name, server.registerMBean(slow(), name).getObjectName());
        assertFalse(asked);
        assertEquals(3, server.getAttribute(name, "Size"));
        assertTrue(asked);
    }

    @Test
    void anotherBeanIsRegisteredAtOnce() throws Exception {
        server.registerMBean(slow(), new ObjectName("test:type=Other"));
        assertTrue(asked);
    }

    @Test
    void failuresAreThoseOfTheServer() throws Exception {
        ObjectName nobody = new ObjectName("test:type=Nobody");
        assertThrows(
                InstanceNotFoundException.class, () -> server.getAttribute(nobody, "Anything"));
    }

    @Test
    void thePlatformsServerHasItsBeans() throws Exception {
        // whichever builder it has been made with
        ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(commands));
    }
}
