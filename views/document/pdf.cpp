// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/document.h>

#include <document/pages.h>
#include <document/pdfrepair.h>

#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>
#include <QPrinter>
#include <QProcessEnvironment>
#include <QUuid>

namespace tenken {

namespace {

constexpr int dotsPerInch = 1200;

void drawAll(QPainter &p, const LaidOut &document, const DocumentInput &input, qreal resolution, const std::function<bool()> &newPage)
{
    for (size_t i = 0; i < document.pages.size(); ++i) {
        if (i > 0 && !newPage())
            return;
        p.save();
        const qreal scale = resolution / 72 / unitsPerPoint;
        p.scale(scale, scale);
        drawPage(p, document, i, input);
        p.restore();
    }
}

/// XMP of our own: Qt's carries the time of writing.
QByteArray metadata(const DocumentInput &input, const QString &title)
{
    const QString at = input.judgedAt.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ"));
    return QStringLiteral(
               "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
               "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
               "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
               "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%1</rdf:li></rdf:Alt></dc:title>\n"
               "<xmp:CreatorTool>Tenken %2</xmp:CreatorTool><xmp:CreateDate>%3</xmp:CreateDate><xmp:ModifyDate>%3</xmp:ModifyDate>\n"
               "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
        .arg(title.toHtmlEscaped(), input.programVersion.toHtmlEscaped(), at)
        .toUtf8();
}

} // namespace

QString titleOf(const DocumentInput &input)
{
    return Text{"本番レディネスレビュー %1", "Production readiness review %1"}.arg(input.evidence->service.id).in(input.lang);
}

Result<QByteArray> renderPdf(const DocumentInput &input)
{
    const LaidOut document = layOut(input);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPdfVersion(QPagedPaintDevice::PdfVersion_1_6);
        writer.setResolution(dotsPerInch);
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
        writer.setTitle(titleOf(input));
        writer.setCreator(QStringLiteral("Tenken %1").arg(input.programVersion));
        const QByteArray identity = reviewJson(input);
        writer.setDocumentId(QUuid::createUuidV5(QUuid(QStringLiteral("{6f1f0d0c-2a56-5a55-9a1b-74656e6b656e}")), identity));
        writer.setDocumentXmpMetadata(metadata(input, titleOf(input)));
        // In the order of their names: Qt writes the name tree as they come, and readers search it as sorted.
        writer.addFileAttachment(QStringLiteral("evidence.sha256"), evidenceDigests(*input.evidence), QStringLiteral("text/plain"));
        writer.addFileAttachment(QStringLiteral("review.json"), identity, QStringLiteral("application/json"));
        QPainter p;
        if (!p.begin(&writer))
            return failure({{}, {}, {"PDF を描き始められません。", "The PDF could not be begun."}, {}});
        drawAll(p, document, input, dotsPerInch, [&writer] { return writer.newPage(); });
    }
    QByteArray pdf = buffer.data();
    repairTextLayer(pdf);
    setDates(pdf, input.judgedAt);
    return pdf;
}

void printDocument(const DocumentInput &input, QPrinter &printer)
{
    const LaidOut document = layOut(input);
    printer.setFullPage(true);
    QPainter p;
    if (!p.begin(&printer))
        return;
    drawAll(p, document, input, printer.resolution(), [&printer] { return printer.newPage(); });
}

QStringList exportEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_HASH_SEED"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    for (const char *name : {"QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "LANGUAGE"})
        environment.remove(QString::fromLatin1(name));
    return environment.toStringList();
}

} // namespace tenken
