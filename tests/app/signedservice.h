// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli.h"

#include <QMap>
#include <QStandardPaths>
#include <QTest>

namespace tenken::test {

/// A service in git, its review as exported, and people who sign it.
class SignedService
{
protected:
    QTemporaryDir m_folder;
    QByteArray m_body;          ///< as exported

    QString at(const QString &name) const { return m_folder.filePath(name); }

    int run(const QString &program, const QStringList &arguments, const QString &folder = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(program, arguments);
        process.waitForFinished(60'000);
        return process.exitCode();
    }

    int git(const QStringList &arguments) const
    {
        return run(QStringLiteral("git"),
                   QStringList{"-c", "user.name=Sato", "-c", "user.email=sato@example.com", "-c",
                               "commit.gpgsign=false"}
                       + arguments,
                   at(QStringLiteral("service")));
    }

    QString key(const QString &name) const
    {
        if (!QFile::exists(at(name)))
            run(QStringLiteral("ssh-keygen"), {"-q", "-t", "ed25519", "-N", "", "-C", name, "-f", at(name)});
        return at(name);
    }

    QString allow(const QStringList &names) const
    {
        QByteArray text;
        for (const QString &name : names)
            text += name.toLatin1() + "@example.com "
                + fileText(key(name) + QStringLiteral(".pub")).split(' ').mid(0, 2).join(' ') + '\n';
        return putFile(m_folder, QStringLiteral("allowed"), text);
    }

    CliOutcome sign(const QString &file, const QString &who, const QString &role,
                    const QStringList &more = {}) const
    {
        return runTenken(QStringList{"sign", file, "--role", role, "--identity",
                                     who + QStringLiteral("@example.com"), "--name", who, "--key", key(who),
                                     "--decision", "approve", "--lang", "en"} // the review says NO-GO
                         + more);
    }

    CliOutcome verify(const QString &file, const QStringList &more = {}) const
    {
        return runTenken(
            QStringList{"verify", file, "--allowed-signers", at(QStringLiteral("allowed")), "--lang", "en"}
            + more);
    }

    QString fresh(const QString &name) const { return putFile(m_folder, name, m_body); }

    QString signedByAll(const QString &name,
                        const QStringList &order = {"owner", "reviewer", "approver"}) const
    {
        static const QMap<QString, QString> who{
            {"owner", "sato"}, {"reviewer", "suzuki"}, {"approver", "ito"}};
        const QString file = fresh(name);
        for (const QString &role : order) {
            if (sign(file, who.value(role), role).code != 0)
                return {};
        }
        return file;
    }

    static bool canSign()
    {
        return !QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty()
            && !QStandardPaths::findExecutable(QStringLiteral("ssh-keygen")).isEmpty();
    }

    void exportIt()
    {
        qputenv("XDG_CONFIG_HOME", at(QStringLiteral("config")).toLocal8Bit()); // nobody's own lists
        qunsetenv("SSH_AUTH_SOCK");
        putFile(m_folder, QStringLiteral("service/readiness/service.yaml"),
                "format: tenken.service/1\nid: id-auth\nname: {ja: ID認証API, en: ID API}\nevidence: "
                "{manifests: [deploy/]}\n");
        putFile(m_folder, QStringLiteral("service/deploy/api.yaml"),
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: "
                "{containers: [{name: app, image: 'a:1'}]}}}\n");
        git({"init", "-q", "-b", "main"});
        git({"add", "-A"});
        QCOMPARE(git({"commit", "-q", "-m", "First"}), 0);
        git({"tag", "v1.2.0"});
        const auto exported = runTenken({"export", at(QStringLiteral("service")), "-o",
                                         at(QStringLiteral("review.pdf")), "--lang", "ja"});
        QVERIFY2(exported.code == 0, exported.err);
        m_body = fileText(at(QStringLiteral("review.pdf")));
        QVERIFY(m_body.startsWith("%PDF"));
        allow({"sato", "suzuki", "ito"});
    }
};

} // namespace tenken::test
