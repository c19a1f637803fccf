// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authority.h"

#include <signoff/cms.h>
#include <signoff/sealing.h>

#include <QRandomGenerator>
#include <QTest>

using namespace tenken;

/// What OpenSSL is asked for, and which answers are taken.
class TestSealing : public QObject
{
    Q_OBJECT

    made::Authority m_authority;
    const QByteArray m_document = made::body();
    const QDateTime m_at{QDate(2026, 11, 22), QTime(9, 30), QTimeZone::UTC};

    QString pem(const char *name) const
    {
        return m_authority.file(QString::fromLatin1(name) + QStringLiteral(".pem"));
    }

    SealKey key(const char *name) const
    {
        return {pem(name), m_authority.file(QString::fromLatin1(name) + QStringLiteral(".key")), {}, {}};
    }

    QByteArray cmsOver(const SealRoom &room) const
    {
        const auto cms = sealSignature(room.covered(), key("seal"), Asking::Askpass);
        return cms ? *cms : QByteArray();
    }

private slots:
    void initTestCase()
    {
        if (!m_authority.canSeal())
            QSKIP("openssl is not installed");
        m_authority.make();
    }

    void mistakesAreExplained()
    {
        const QByteArray covered = "x";
        const auto said = [&](const SealKey &with) {
            const auto cms = sealSignature(covered, with, Asking::Askpass);
            return cms ? QStringLiteral("sealed") : cms.error().toString(Lang::En);
        };
        QVERIFY(said({QStringLiteral("/nowhere"), key("seal").key, {}, {}})
                    .contains(QStringLiteral("no such file")));
        QVERIFY2(said({pem("seal"), key("foreign").key, {}, {}})
                     .contains(QStringLiteral("not the key of that certificate")),
                 qPrintable(said({pem("seal"), key("foreign").key, {}, {}})));
        m_authority.put(QStringLiteral("text"), "no certificate");
        QVERIFY2(said({m_authority.file(QStringLiteral("text")), key("seal").key, {}, {}})
                     .contains(QStringLiteral("cannot be read")),
                 qPrintable(said({m_authority.file(QStringLiteral("text")), key("seal").key, {}, {}})));
        m_authority.openssl(
            {"ec", "-in", "seal.key", "-aes256", "-passout", "pass:open-sesame", "-out", "locked.key"});
        const SealKey locked{pem("seal"), m_authority.file(QStringLiteral("locked.key")), {}, {}};
        QVERIFY2(said(locked).contains(QStringLiteral("passphrase was not given")), qPrintable(said(locked)));
        m_authority.put(QStringLiteral("right"), "open-sesame\n");
        m_authority.put(QStringLiteral("wrong"), "close-sesame\n");
        QCOMPARE(said({pem("seal"), locked.key, {}, m_authority.file(QStringLiteral("right"))}),
                 QStringLiteral("sealed"));
        const QString wrong = said({pem("seal"), locked.key, {}, m_authority.file(QStringLiteral("wrong"))});
        QVERIFY2(wrong.contains(QStringLiteral("passphrase")) && !wrong.contains(QStringLiteral("sesame")),
                 qPrintable(wrong));
    }

    void anAnswerThatDoesNotFitIsNotTaken()
    {
        const QByteArray cms = cmsOver(*roomForSeal(m_document, m_at)),
                         other = cmsOver(*roomForSeal(m_document, m_at.addSecs(9)));
        const QByteArray query = *timestampQuery(cms), again = *timestampQuery(cms),
                         foreign = *timestampQuery(other);
        QVERIFY(withTimestamp(cms, query, m_authority.stamp(query), pem("ca")).has_value());
        QVERIFY(!withTimestamp(cms, query, m_authority.stamp(again),
                               pem("ca"))); // an answer to an earlier question
        QVERIFY(!withTimestamp(cms, query, m_authority.stamp(foreign), pem("ca"))); // over another signature
        QVERIFY(!withTimestamp(cms, query, m_authority.stamp(query), pem("other")));
        QVERIFY(!withTimestamp(cms, query, "<html>", pem("ca")));
        QVERIFY(!withTimestamp(cms, query, {}, pem("ca")));
    }

    void onlyPlainSignaturesAreRead()
    {
        m_authority.put(QStringLiteral("text"), "text");
        const auto made = [&](const QStringList &more) {
            QFile::remove(m_authority.file(QStringLiteral("out")));
            m_authority.openssl(QStringList{"cms", "-sign", "-binary", "-in", "text", "-signer", "seal.pem",
                                            "-inkey", "seal.key", "-out", "out"}
                                + more);
            return m_authority.bytes(QStringLiteral("out"));
        };
        const QByteArray good = made({"-outform", "DER"});
        QVERIFY(readCms(good).has_value() && *derSize(good) == good.size());
        QVERIFY(!readCms(made({"-outform", "DER", "-nodetach"})));
        QVERIFY(!readCms(made({"-outform", "DER", "-md", "sha1"})));
        QVERIFY(!readCms(made({"-outform", "DER", "-stream", "-indef"})));
        QVERIFY(!readCms(made({"-outform", "DER", "-signer", "foreign.pem", "-inkey", "foreign.key"})));
        QVERIFY(!readCms(made({"-outform", "PEM"})));
        QVERIFY(!readCms({}) && !readCms(good + '\0') && !readCms(good.chopped(1)));
        QRandomGenerator random(3);
        for (int i = 0; i < 3000; ++i) { // no crash, whatever it is
            QByteArray bytes = good;
            for (int flips = 0; flips < 3; ++flips)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            if (readCms(bytes))
                cmsWithToken(bytes, good);
        }
        QVERIFY(!cmsWithToken(*cmsWithToken(good, good), good)); // one token
        QVERIFY(!sealed(*roomForSeal(m_document, m_at), QByteArray(30'000, 'x')));
    }
};

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"
