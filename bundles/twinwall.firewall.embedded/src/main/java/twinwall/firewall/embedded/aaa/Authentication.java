/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.aaa;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import twinwall.firewall.embedded.aaa.LoginRefusedException.Reason;

/** Checks passwords against the credential file, within limits that all ways to log in share. Safe for threads; holds no lock meanwhile. */
public final class Authentication {

    private static final Logger LOG = System.getLogger("twinwall.firewall.embedded");
    /** Hashing costs time on purpose: packets must not want for a processor. */
    private static final int AT_ONCE = 2;
    private static final int WAIT_SECONDS = 2;
    private static final int MOST_NAME = 64;

    private final CredentialFile file;
    private final FailedLogins failures;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private volatile String toldProblem = "";

    public Authentication(UserSettings settings) {
        file = new CredentialFile(settings.credentialFile());
        failures = new FailedLogins(settings.freeTries());
    }

    /**
     * The credential of a user who said the right password.
     *
     * @throws LoginRefusedException when it was not; also when the user does not exist, after the same time
     */
    public Credential check(InetAddress address, String user, byte[] password, long nowMicros) {
        String name = user.length() > MOST_NAME ? user.substring(0, MOST_NAME) : user;
        int wait = failures.begin(address, name, nowMicros);
        if (wait > 0) {
            throw new LoginRefusedException(Reason.TOO_MANY_TRIES, "too many failed logins; try again in " + wait + " s", wait);
        }
        Credential credential = find(user);
        boolean right = hashed(credential, password);
        if (!right || file.isNobody(credential)) {
            throw new LoginRefusedException(Reason.WRONG_PASSWORD, "the user name or the password is wrong");
        }
        failures.succeeded(address, name);
        return credential;
    }

    private boolean hashed(Credential credential, byte[] password) {
        boolean mine = false;
        try {
            mine = places.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw new LoginRefusedException(Reason.BUSY, "too many log in at this moment; try again in " + WAIT_SECONDS
                        + " s", WAIT_SECONDS);
            }
            return credential.hasPassword(password);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginRefusedException(Reason.BUSY, "the firewall is stopping", WAIT_SECONDS);
        } finally {
            if (mine) {
                places.release();
            }
        }
    }

    private Credential find(String user) {
        try {
            Credential found = file.find(user);
            toldProblem = "";
            return found;
        } catch (IOException e) {
            if (!e.getMessage().equals(toldProblem)) {
                toldProblem = e.getMessage();
                LOG.log(Level.WARNING, "Nobody can log in: " + e.getMessage() + ". Users who are online stay.");
            }
            throw new LoginRefusedException(Reason.NO_CREDENTIALS, "nobody can log in now: the firewall's log says why");
        }
    }
}
