// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loadfiles.h"

#include <QFile>

namespace loadfiles
{

namespace
{

constexpr qint64 startMs = 1'700'000'000'000;
constexpr qint64 hourMs = 3'600'000;

/// Between 10 and 200 ms, in no order that a reader could profit from.
QByteArray elapsed(qint64 i)
{
    return QByteArray::number(10 + i * 7919 % 191);
}

QByteArray jtlRow(qint64 ms, qint64 i, qint64 labels)
{
    const bool bad = i % 500 == 0;
    return QByteArray::number(ms) + ',' + elapsed(i) + ",GET /items/" + QByteArray::number(i % labels)
        + (bad ? ",503,Busy" : ",200,OK") + ",users 1-" + QByteArray::number(i % 64)
        + (bad ? ",text,false" : ",text,true") + ",,512,230,64,64,http://id-auth.example.test/token,40,0,1\n";
}

QByteArray jtlElement(qint64 ms, qint64 i)
{
    return "<httpSample t=\"" + elapsed(i) + "\" it=\"0\" lt=\"40\" ct=\"1\" ts=\"" + QByteArray::number(ms)
        + "\" s=\"" + (i % 500 ? "true" : "false") + "\" lb=\"GET /items/" + QByteArray::number(i % 8) + "\" rc=\""
        + (i % 500 ? "200" : "503") + "\" rm=\"OK\" tn=\"users 1-" + QByteArray::number(i % 64)
        + "\" dt=\"text\" by=\"512\" sby=\"230\" ng=\"64\" na=\"64\">\n"
          "  <java.net.URL>http://id-auth.example.test/token</java.net.URL>\n</httpSample>\n";
}

QByteArray k6Points(qint64 ms, qint64 i)
{
    const auto padded = [](qint64 number, int digits) {
        return QByteArray::number(number).rightJustified(digits, '0');
    };
    const qint64 since = ms - startMs;
    const QByteArray time = padded(since / 60'000 % 60, 2) + ':' + padded(since / 1000 % 60, 2) + '.'
        + padded(since % 1000, 3);
    const QByteArray point =
        R"(","type":"Point","data":{"time":"2026-11-12T20:)" + time + R"(588Z","value":)";
    const QByteArray tags =
        R"(,"tags":{"expected_response":"true","group":"","method":"GET","name":"http://e.test/)"
        + QByteArray::number(i % 8)
        + R"(","proto":"HTTP/1.1","scenario":"default","status":"200","url":"http://e.test/"}}})" "\n";
    return R"({"metric":"http_reqs)" + point + '1' + tags + R"({"metric":"http_req_duration)" + point + elapsed(i)
        + ".138" + tags;
}

QByteArray gatlingLines(qint64 ms, qint64 i)
{
    const QByteArray start = QByteArray::number(ms), end = QByteArray::number(ms + elapsed(i).toLongLong());
    return "USER\tS\tSTART\t" + start + "\nREQUEST\t\tGET /items/" + QByteArray::number(i % 8) + '\t' + start + '\t'
        + end + "\tOK\t \nUSER\tS\tEND\t" + end + '\n';
}

const QByteArray jtlHead = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
                           "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

} // namespace

Format jtlCsv()
{
    return {"JMeter CSV", jtlHead, [](qint64 ms, qint64 i) { return jtlRow(ms, i, 8); }};
}

Format jtlCsvOfManyLabels()
{
    return {"JMeter CSV, 5,000 labels", jtlHead, [](qint64 ms, qint64 i) { return jtlRow(ms, i, 5000); }};
}

Format jtlXml()
{
    return {"JMeter XML", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n", jtlElement,
            "</testResults>\n"};
}

Format k6Json()
{
    return {"k6 JSON", {}, k6Points};
}

Format gatlingText()
{
    return {"Gatling text", "RUN\tS\ts\t1700000000000\t \t3.10.5\n", gatlingLines};
}

void writeRecords(const QString &path, const Format &format, qint64 records)
{
    QFile file(path);
    QByteArray text = format.head;
    bool written = file.open(QIODevice::WriteOnly);
    for (qint64 i = 0; i < records && written; ++i) {
        text += format.record(startMs + qint64(double(i) / double(records) * hourMs), i);
        if (text.size() > 1'000'000) {
            written = file.write(text) == text.size();
            text.clear();
        }
    }
    text += format.tail;
    if (!written || file.write(text) != text.size() || !file.flush())
        qFatal("cannot write %s: %s", qPrintable(path), qPrintable(file.errorString()));
}

void writeBytes(const QString &path, const Format &format, qint64 bytes)
{
    writeRecords(path, format, std::max<qint64>(1, bytes / format.record(startMs, 1).size()));
}

} // namespace loadfiles
