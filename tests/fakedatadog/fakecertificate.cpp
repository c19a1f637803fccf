// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakedatadog/fakehttp.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

namespace tenken
{

FakeCertificate makeCertificate(const QString &host, bool expired)
{
    FakeCertificate made;
    const QTemporaryDir folder;
    const QString key = folder.filePath(QStringLiteral("key.pem"));
    const QString certificate = folder.filePath(QStringLiteral("cert.pem"));
    const bool address = host.front().isDigit();
    QStringList arguments{"req",
                          "-x509",
                          "-newkey",
                          "ec",
                          "-pkeyopt",
                          "ec_paramgen_curve:P-256",
                          "-nodes",
                          "-keyout",
                          key,
                          "-out",
                          certificate,
                          "-subj",
                          QStringLiteral("/CN=%1").arg(host),
                          "-addext",
                          QStringLiteral("subjectAltName=%1:%2").arg(address ? "IP" : "DNS", host)};
    if (expired)
        arguments += {"-not_before", "20200101000000Z", "-not_after", "20200201000000Z"};
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"), arguments);
    if (!openssl.waitForFinished(30'000) || openssl.exitCode() != 0) {
        made.error = QStringLiteral("openssl: ") + QString::fromUtf8(openssl.readAllStandardError())
            + openssl.errorString();
        return made;
    }
    QFile keyFile(key), certificateFile(certificate);
    if (!keyFile.open(QIODevice::ReadOnly) || !certificateFile.open(QIODevice::ReadOnly)) {
        made.error = QStringLiteral("openssl wrote no files");
        return made;
    }
    made.certificate = QSslCertificate(&certificateFile);
    made.tls = QSslConfiguration::defaultConfiguration();
    made.tls.setLocalCertificate(made.certificate);
    made.tls.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    made.tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return made;
}

} // namespace tenken
