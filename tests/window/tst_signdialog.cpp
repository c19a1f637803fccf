// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signoff/made.h"

#include <parts/pdfview.h>
#include <window/signdialog.h>

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace tenken;

/// Signing in the window.
class TestSignDialog : public QObject
{
    Q_OBJECT

    made::People m_people;
    Signable m_document;

    QString target(const QString &name) const { return m_people.file(name); }

    void fill(SignDialog &dialog, const QString &who)
    {
        QTRY_VERIFY_WITH_TIMEOUT(dialog.keys()->count() > 0, 30'000);
        QTest::qWait(50);
        dialog.identity()->setText(who + QStringLiteral("@example.com"));
        dialog.setKeys({m_people.key(who)});
    }

private slots:
    void initTestCase()
    {
        if (!m_people.canSign())
            QSKIP("ssh-keygen is not installed");
        qputenv("HOME", m_people.file(QString()).toLocal8Bit()); // nobody's own keys
        qunsetenv("SSH_AUTH_SOCK");
        qunsetenv("SSH_ASKPASS");
        const auto document = readSignable(made::body(), QDate(2026, 11, 23));
        QVERIFY2(document.has_value(), document ? "" : qPrintable(document.error().toString(Lang::En)));
        m_document = *document;
    }

    void showsExactlyWhatWillBeSigned()
    {
        for (const Lang lang : {Lang::Ja, Lang::En}) {
            SignDialog dialog(m_document, target(QStringLiteral("x.pdf")), lang);
            dialog.show();
            QCOMPARE(dialog.pages()->pageCount(), 1);
            QStringList texts;
            for (const QLabel *label : dialog.findChildren<QLabel *>())
                texts << label->text();
            const QString all = texts.join(u'\n');
            QVERIFY2(all.contains(QString::fromLatin1(sha256Hex(made::body()))), qPrintable(all));
            QVERIFY(all.contains(QStringLiteral("id-auth v1.2.0"))
                    && all.contains(QStringLiteral("2027-05-19")));
            QCOMPARE(dialog.roles()->count(), 3);
            for (QWidget *field : std::initializer_list<QWidget *>{dialog.roles(), dialog.decisions(),
                                                                   dialog.keys(), dialog.identity()})
                QVERIFY(!field->accessibleName().isEmpty());
        }
    }

    void nothingIsSignedWithoutKeyAndName()
    {
        SignDialog dialog(m_document, target(QStringLiteral("x.pdf")), Lang::En);
        dialog.show();
        fill(dialog, QStringLiteral("sato"));
        QVERIFY(dialog.signButton()->isEnabled());
        dialog.identity()->setText(QStringLiteral("two words"));
        QVERIFY(!dialog.signButton()->isEnabled());
        dialog.identity()->setText(QStringLiteral("sato@example.com"));
        QVERIFY(dialog.signButton()->isEnabled());
        dialog.setKeys({});
        QVERIFY(!dialog.signButton()->isEnabled());
    }

    void aNoGoIsNotApprovedByItself()
    {
        Signable document = m_document;
        document.says.decision = QStringLiteral("NO-GO");
        SignDialog dialog(document, target(QStringLiteral("x.pdf")), Lang::En);
        dialog.show();
        fill(dialog, QStringLiteral("sato"));
        QCOMPARE(dialog.decisions()->currentIndex(), -1);
        QVERIFY(!dialog.signButton()->isEnabled());
        QCOMPARE(dialog.signButton()->accessibleDescription(),
                 QStringLiteral("Before you can sign: your decision (the review says NO-GO)"));
        dialog.decisions()->setFocus();
        QTest::keyClick(dialog.decisions(), Qt::Key_End);
        QCOMPARE(dialog.decisions()->currentData().toString(), QStringLiteral("rejected"));
        QVERIFY(dialog.signButton()->isEnabled());
        document.says.decision = QStringLiteral("GO");
        SignDialog usual(document, target(QStringLiteral("x.pdf")), Lang::En);
        QCOMPARE(usual.decisions()->currentData().toString(), QStringLiteral("approved"));
    }

    void signsByKeyboard()
    {
        const QString file = target(QStringLiteral("signed/by-hand.pdf"));
        for (const auto &[who, row] : {std::pair("sato", 0), std::pair("suzuki", 1)}) {
            SignDialog dialog(m_document, file, Lang::En);
            QSignalSpy written(&dialog, &SignDialog::written);
            dialog.show();
            fill(dialog, QString::fromLatin1(who));
            dialog.roles()->setFocus();
            for (int i = 0; i < row; ++i)
                QTest::keyClick(dialog.roles(), Qt::Key_Down);
            dialog.signButton()->setFocus();
            QTest::keyClick(dialog.signButton(), Qt::Key_Space);
            QTRY_VERIFY2_WITH_TIMEOUT(!written.isEmpty(), qPrintable(dialog.said()), 60'000);
            QCOMPARE(dialog.result(), int(QDialog::Accepted));
        }
        // Both are in it, although each dialog began with the unsigned document.
        const auto bytes = readDocument(file);
        QVERIFY(bytes.has_value());
        VerifyOptions options;
        options.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki"});
        const auto v = verifyDocument(*bytes, options);
        QCOMPARE(int(v->signings.size()), 2);
        QVERIFY(std::ranges::all_of(v->signings, &Signing::counts));
        QStringList roles{v->signings[0].statement.role, v->signings[1].statement.role};
        roles.sort(); // both may have signed within a second
        QCOMPARE(roles, (QStringList{QStringLiteral("owner"), QStringLiteral("reviewer")}));
    }

    void whatGoesWrongIsSaid()
    {
        SignDialog dialog(m_document, target(QStringLiteral("locked.pdf")), Lang::En);
        dialog.show();
        fill(dialog, QStringLiteral("sato"));
        m_people.key(QStringLiteral("locked"), QStringLiteral("ed25519"), QStringLiteral("secret"));
        dialog.setKeys({m_people.key(QStringLiteral("locked"))});
        dialog.signButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.said().contains(QStringLiteral("passphrase was not given")), 60'000);
        QVERIFY(dialog.signButton()->isEnabled()); // another try
        QVERIFY(!QFile::exists(target(QStringLiteral("locked.pdf"))));
        QVERIFY(dialog.isVisible());
    }

    void keysAreFoundInTheUsualPlace()
    {
        m_people.key(QStringLiteral("sato"));
        QDir().mkpath(m_people.file(QStringLiteral(".ssh")));
        QFile::copy(m_people.file(QStringLiteral("sato.pub")),
                    m_people.file(QStringLiteral(".ssh/id_ed25519.pub")));
        SignDialog dialog(m_document, target(QStringLiteral("x.pdf")), Lang::En);
        dialog.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.keys()->count() == 2, 30'000); // the key, and "choose a file"
        QVERIFY2(dialog.keys()->itemText(0).contains(QStringLiteral("ED25519 sato")),
                 qPrintable(dialog.keys()->itemText(0)));
    }
};

QTEST_MAIN(TestSignDialog)
#include "tst_signdialog.moc"
