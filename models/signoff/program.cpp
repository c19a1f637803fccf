// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/program.h>

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>

#include <unistd.h>

namespace tenken {

namespace {

constexpr qsizetype largestOutput = 256 * 1024;

} // namespace

Run runProgram(const QString &name, const QStringList &arguments, const QByteArray &input, int milliseconds,
               Asking asking)
{
    Run result;
    const QString program = QStandardPaths::findExecutable(name);
    if (program.isEmpty())
        return result;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    QProcess process;
    if (asking == Asking::Askpass) {
        process.setChildProcessModifier([] { ::setsid(); }); // no terminal to wait at
        if (environment.contains(QStringLiteral("SSH_ASKPASS")))
            environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("force"));
    }
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    result.started = process.waitForStarted(5'000);
    if (!result.started)
        return result;
    process.write(input);
    process.closeWriteChannel();
    result.inTime = process.waitForFinished(milliseconds);
    if (!result.inTime) {
        process.kill();
        process.waitForFinished(2'000);
        return result;
    }
    result.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput().left(largestOutput);
    result.err = process.readAllStandardError().left(largestOutput);
    return result;
}

bool putFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

Problem noTemporaryFile(const QString &path)
{
    return {path, {}, {"一時ファイルを書けません。", "A temporary file cannot be written."}, {}};
}

Problem noOpenSsh()
{
    return {{},
            {},
            {"ssh-keygen がありません。", "There is no ssh-keygen."},
            {"OpenSSH のクライアントを入れてください(Debian では openssh-client)。",
             "Install OpenSSH's client (openssh-client on Debian)."}};
}

} // namespace tenken
