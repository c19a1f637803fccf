// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/runner.h>

#include <evidence/evidence.h>

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>

#include <csignal>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tenken {

namespace {

QProcessEnvironment bareEnvironment(const QString &folder)
{
    const QString home = folder + QStringLiteral("/home");
    QDir().mkpath(home);
    QProcessEnvironment environment;
    for (const char *name : {"HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "HELM_CACHE_HOME",
                             "HELM_CONFIG_HOME", "HELM_DATA_HOME", "HELM_PLUGINS", "KUSTOMIZE_PLUGIN_HOME"})
        environment.insert(QString::fromLatin1(name), home);
    for (const char *name : {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"})
        environment.insert(QString::fromLatin1(name), QStringLiteral("http://127.0.0.1:9"));
    environment.insert(QStringLiteral("PATH"), home + QStringLiteral("/none")); // no git, no plugins
    environment.insert(QStringLiteral("KUBECONFIG"), QStringLiteral("/dev/null"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    return environment;
}

/// Between fork and exec: only what is safe there.
void restrain()
{
    ::setpgid(0, 0); // so that its children can be killed with it
    const rlimit none{0, 0}, processor{60, 60}, file{64 << 20, 64 << 20};
    ::setrlimit(RLIMIT_CORE, &none);
    ::setrlimit(RLIMIT_CPU, &processor);
    ::setrlimit(RLIMIT_FSIZE, &file);
    (void)::unshare(CLONE_NEWUSER | CLONE_NEWNET); // not every system lets people do this
}

void stop(QProcess &process)
{
    if (const qint64 pid = process.processId(); pid > 0)
        ::kill(static_cast<pid_t>(-pid), SIGKILL);
    process.kill();
    process.waitForFinished(2'000);
}

Problem stopped(const QString &program, const Text &why)
{
    return {{}, {}, Text{"%1 を止めました。%2", "%1 was stopped: %2"}.arg(QFileInfo(program).fileName(), why), {}};
}

} // namespace

Result<QByteArray> runRenderer(const QString &program, const QStringList &arguments, const QString &folder,
                               const RunLimits &limits)
{
    QProcess process;
    process.setProcessEnvironment(bareEnvironment(folder));
    process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier(restrain);
    process.start(program, arguments);
    if (!process.waitForStarted(5'000))
        return failure({{}, {}, Text{"%1 を始められません(%2)", "%1 cannot be started (%2)"}.arg(program, process.errorString()), {}});
    const QDeadlineTimer deadline(limits.milliseconds);
    QByteArray out, err;
    constexpr qint64 longestError = 64 * 1024;
    while (process.state() != QProcess::NotRunning || process.bytesAvailable() > 0) {
        if (!process.waitForFinished(20) && process.state() == QProcess::Running && process.bytesAvailable() == 0)
            process.waitForReadyRead(50);
        out += process.readAllStandardOutput();
        err += process.readAllStandardError().left(longestError);
        err.truncate(longestError);
        Text why;
        if (out.size() > limits.bytes)
            why = Text{"出力が %1 MiB を超えました", "it printed more than %1 MiB"}.arg(limits.bytes / (1024 * 1024));
        else if (deadline.hasExpired() && process.state() != QProcess::NotRunning)
            why = Text{"%1 秒で終わりませんでした", "it did not end within %1 s"}.arg(limits.milliseconds / 1000);
        else if (limits.go && !limits.go())
            why = {"中止されました", "cancelled"};
        if (why.isEmpty())
            continue;
        stop(process);
        return failure(stopped(program, why));
    }
    stop(process); // what it may have left running
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return out;
    const QString said = maskSecrets(QString::fromUtf8(err).replace(folder, QString()).simplified().left(400));
    return failure({{}, {}, Text{"%1 が失敗しました: %2", "%1 failed: %2"}.arg(QFileInfo(program).fileName(), said), {}});
}

} // namespace tenken
