// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "made.h"

namespace tenken::made {

/// Certificates of an authority made for the test, and a timestamp authority in a folder.
class Authority
{
public:
    bool canSeal() const { return !QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty(); }
    QString file(const QString &name) const { return m_folder.filePath(name); }

    QByteArray openssl(const QStringList &arguments, int *code = nullptr) const
    {
        return output(QStringLiteral("openssl"), arguments, code, m_folder.path());
    }

    void put(const QString &name, const QByteArray &text) const
    {
        QFile f(file(name));
        if (!f.open(QIODevice::WriteOnly) || f.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    QByteArray bytes(const QString &name) const
    {
        QFile f(file(name));
        return f.open(QIODevice::ReadOnly) ? f.readAll() : QByteArray();
    }

    void makeAuthority(const QString &name) const
    {
        openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                 name + ".key", "-out", name + ".pem", "-days", "3650", "-subj", "/CN=" + name, "-addext",
                 "basicConstraints=critical,CA:TRUE"});
    }

    /// "seal.pem" and "seal.key" by an authority.
    void makeCertificate(const QString &name, const QString &authority, const QByteArray &extensions,
                         const QStringList &more = {"-days", "365"}) const
    {
        openssl({"req", "-new", "-utf8", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-keyout", name + ".key", "-out", name + ".csr", "-subj",
                 QStringLiteral("/CN=") + name + QStringLiteral(" 株式会社")});
        put(name + QStringLiteral(".ext"), extensions);
        openssl(QStringList{"x509", "-req", "-in", name + ".csr", "-CA", authority + ".pem", "-CAkey",
                            authority + ".key", "-CAcreateserial", "-out", name + ".pem", "-extfile",
                            name + ".ext"}
                + more);
    }

    void make()
    {
        makeAuthority(QStringLiteral("ca"));
        makeAuthority(QStringLiteral("other"));
        const QByteArray sealing = "basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,nonRepudiation\n";
        makeCertificate(QStringLiteral("seal"), QStringLiteral("ca"), sealing);
        makeCertificate(QStringLiteral("foreign"), QStringLiteral("other"), sealing);
        makeCertificate(QStringLiteral("tsa"), QStringLiteral("ca"),
                        "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage="
                        "critical,timeStamping\n");
        put(QStringLiteral("serial"), "01\n");
        put(QStringLiteral("tsa.cnf"),
            "[tsa]\ndefault_tsa=t\n[t]\nserial=" + file(QStringLiteral("serial")).toUtf8()
                + "\nsigner_cert=tsa.pem\ncerts=ca.pem\n"
                  "signer_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\n");
    }

    /// What the timestamp authority answers.
    QByteArray stamp(const QByteArray &query) const
    {
        put(QStringLiteral("query"), query);
        QFile::remove(file(QStringLiteral("answer")));
        openssl({"ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer"});
        return bytes(QStringLiteral("answer"));
    }

private:
    QTemporaryDir m_folder;
};

} // namespace tenken::made
