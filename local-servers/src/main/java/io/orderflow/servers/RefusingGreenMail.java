package io.orderflow.servers;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GreenMail, whose SMTP server refuses recipients while there is a reply to refuse them with. */
final class RefusingGreenMail extends GreenMail {

    volatile @Nullable String reply;

    RefusingGreenMail(ServerSetup smtp) {
        super(smtp);
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
        return Map.of(ServerSetup.PROTOCOL_SMTP, new SmtpServer(setups[0], managers) {
            @Override
            protected ProtocolHandler createProtocolHandler(Socket client) {
                return new SmtpHandler(new SmtpCommandRegistry(), refusing(managers), client);
            }
        });
    }

    private SmtpManager refusing(Managers managers) {
        return new SmtpManager(managers.getImapHostManager(), managers.getUserManager()) {
            @Override
            public @Nullable String checkRecipient(SmtpState state, MailAddress recipient) {
                return reply;
            }
        };
    }
}
