// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/httpclient.h>

#include <QSslError>

namespace tenken
{

namespace
{

Text textOf(const QSslError &error, const QString &host)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
        return Text{
            "%1 の証明書は自己署名です。社内のプロキシが間に入っているなら、その CA "
            "をシステムの信頼済み証明書に加えてください。",
            "The certificate of %1 is self-signed. If a proxy of your company stands between, add its "
            "authority to the certificates that the system trusts."}
            .arg(host);
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::CertificateUntrusted:
        return Text{
            "%1 の証明書を発行した CA は、この機械では信頼されていません。CA "
            "をシステムの信頼済み証明書に加えてください。",
            "The authority that issued the certificate of %1 is not trusted on this machine. Add it to the "
            "certificates that the system trusts."}
            .arg(host);
    case QSslError::CertificateExpired:
        return Text{"%1 の証明書は %2 に期限が切れています。機械の時計も確かめてください。",
                    "The certificate of %1 expired on %2. Check this machine's clock, too."}
            .arg(host, certificate.expiryDate().date().toString(Qt::ISODate));
    case QSslError::CertificateNotYetValid:
        return Text{"%1 の証明書は %2 から有効です。機械の時計を確かめてください。",
                    "The certificate of %1 is valid from %2 on. Check this machine's clock."}
            .arg(host, certificate.effectiveDate().date().toString(Qt::ISODate));
    case QSslError::HostNameMismatch:
        return Text{"証明書は別のホストのものです（%2）。%1 ではありません。サイトの綴りを確かめてください。",
                    "The certificate is another host's (%2), not of %1. Check the spelling of the site."}
            .arg(host, certificate.subjectInfo(QSslCertificate::CommonName).join(u' '));
    default:
        return Text{"%1 と安全に接続できません: %2", "No safe connection to %1: %2"}.arg(host,
                                                                                         error.errorString());
    }
}

} // namespace

// An own authority makes the host's certificate untrusted, too: what says most comes first.
Text tlsText(const QList<QSslError> &errors, const QString &host)
{
    for (const auto wanted : {QSslError::CertificateExpired, QSslError::CertificateNotYetValid,
                              QSslError::HostNameMismatch, QSslError::SelfSignedCertificate}) {
        for (const QSslError &error : errors) {
            if (error.error() == wanted)
                return textOf(error, host);
        }
    }
    return errors.isEmpty() ? Text{} : textOf(errors.front(), host);
}

} // namespace tenken
