// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "made.h"

#include <QHash>
#include <QTest>

namespace tenken::made {

/// A small review, people who sign it, and what verifying it says.
class SignedReview
{
protected:
    People m_people;
    const Frozen m_frozen = frozen();
    const QByteArray m_body = body(m_frozen);
    QHash<QByteArray, SignatureVerdict> m_known; ///< OpenSSH is asked once for each statement

    using Change = std::function<void(Statement &)>;

    SignedStatement by(const QString &who, const QString &role, const Change &change = {},
                       const QByteArray &body = {}, const Frozen &frozen = made::frozen())
    {
        const SshKey key = m_people.key(who);
        Statement s = statement(body.isEmpty() ? m_body : body, frozen, role,
                                      who + QStringLiteral("@example.com"), key);
        if (change)
            change(s);
        return signedBy(s, key);
    }

    std::vector<SignedStatement> all()
    {
        return {by(QStringLiteral("sato"), QStringLiteral("owner")),
                by(QStringLiteral("suzuki"), QStringLiteral("reviewer")),
                by(QStringLiteral("ito"), QStringLiteral("approver"))};
    }

    std::vector<SignedStatement> allBut(const SignedStatement &other)
    {
        auto statements = all();
        const QString role = readStatement(other.statement)->role;
        std::erase_if(statements,
                      [&](const SignedStatement &s) { return readStatement(s.statement)->role == role; });
        statements.push_back(other);
        return statements;
    }

    QByteArray file(const std::vector<SignedStatement> &statements) const
    {
        return *assemble(m_body, statements);
    }

    VerifyOptions options(const QByteArray &keyOptions = {})
    {
        VerifyOptions o;
        o.policy.trust.allowedSigners = m_people.allow({"sato", "suzuki", "ito"}, keyOptions);
        o.now = QDateTime(QDate(2026, 11, 23), QTime(3, 0), QTimeZone::UTC);
        return o;
    }

    /// The options, with OpenSSH asked once for each statement: for thousands of documents with the same few.
    VerifyOptions remembering()
    {
        VerifyOptions o = options();
        o.signature = [this](const SignedStatement &s, const Statement &statement, const Trust &trust) {
            const QByteArray key = sha256Hex(s.statement + s.signature);
            if (!m_known.contains(key))
                m_known.insert(
                    key, sshVerify(s.statement, s.signature, statement.identity, statement.signedAt, trust));
            return m_known.value(key);
        };
        return o;
    }

    static QString said(const Verification &v, const char *id)
    {
        const auto found = std::ranges::find(v.checks, QString::fromLatin1(id), &Check::id);
        return found == v.checks.end() ? QString() : found->words.en;
    }

    static QString bad(const Verification &v)
    {
        QStringList ids;
        for (const Check &c : v.checks) {
            if (c.state == CheckState::Bad || c.state == CheckState::Changed)
                ids << c.id;
        }
        return ids.join(u' ');
    }

    void expect(const Verification &v, int code, const QString &ids, const char *id, const char *words)
    {
        for (const Check &c : v.checks)
            QVERIFY2(!c.title.ja.isEmpty() && !c.words.ja.isEmpty() && !c.words.en.isEmpty(),
                     qPrintable(c.id));
        QCOMPARE(bad(v), ids);
        QCOMPARE(v.exitCode(), code);
        QVERIFY2(said(v, id).contains(QString::fromUtf8(words)), qPrintable(said(v, id)));
    }
};

} // namespace tenken::made
