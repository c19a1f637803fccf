// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>
#include <signoff/container.h>
#include <signoff/frozen.h>
#include <signoff/pdfupdate.h>
#include <signoff/sheet.h>
#include <signoff/sshkeygen.h>
#include <signoff/verify.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimeZone>

/// Hand-made documents and keys that the tests of sign-offs share.
namespace tenken::made {

/// A PDF of objects 1, 2, … with a classic table.
QByteArray pdf(const QByteArrayList &objects, const QByteArray &trailerMore = "/Root 1 0 R");

/// One page with a word on it.
QByteArray page(const QByteArray &word, int width = 595, int height = 842);

Frozen frozen();

inline const QByteArray evidence =
    QByteArray(64, '1') + "  deploy/api.yaml\n" + QByteArray(64, '2') + "  readiness/service.yaml\n";

QByteArray reviewJson(const Frozen &f);

/// A document as it is exported, small.
QByteArray body(const Frozen &f = frozen(), const QByteArray &list = evidence);

QByteArray box(const QByteArray &word);

QByteArray output(const QString &program, const QStringList &arguments, int *code = nullptr,
                  const QString &folder = {});

/// People with keys, in a folder of their own.
class People
{
public:
    People() : m_good(!QStandardPaths::findExecutable(QStringLiteral("ssh-keygen")).isEmpty()) { }
    bool canSign() const { return m_good; }
    QString file(const QString &name) const { return m_folder.filePath(name); }

    SshKey key(const QString &name, const QString &type = QStringLiteral("ed25519"),
               const QString &passphrase = {})
    {
        if (!QFile::exists(file(name)))
            output(QStringLiteral("ssh-keygen"),
                   {"-q", "-t", type, "-N", passphrase, "-C", name, "-f", file(name)});
        const auto known = sshKeyOf(file(name));
        return known ? *known : SshKey();
    }

    QByteArray publicLine(const QString &name)
    {
        key(name);
        QFile f(file(name + QStringLiteral(".pub")));
        return f.open(QIODevice::ReadOnly) ? f.readAll().split(' ').mid(0, 2).join(' ').trimmed()
                                           : QByteArray();
    }

    QString put(const QString &name, const QByteArray &text) const
    {
        QFile f(file(name));
        return f.open(QIODevice::WriteOnly) && f.write(text) == text.size() ? file(name) : QString();
    }

    /// A list of allowed signers: "sato@example.com" signs with the key "sato".
    QString allow(const QStringList &names, const QByteArray &options = {})
    {
        QByteArray text;
        for (const QString &name : names)
            text += name.toLatin1() + "@example.com " + options + publicLine(name) + '\n';
        return put(QStringLiteral("allowed_signers"), text);
    }

private:
    QTemporaryDir m_folder;
    bool m_good;
};

/// What `role` says of a body; the caller may change it before it is signed.
Statement statement(const QByteArray &body, const Frozen &f, const QString &role,
                    const QString &identity, const SshKey &key);

SignedStatement signedBy(const Statement &s, const SshKey &key);

} // namespace tenken::made
