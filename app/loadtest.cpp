// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/loadtestinput.h"

namespace tenken::app {

namespace {

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    auto wishes = wishesIn(parser);
    if (!wishes) {
        complain(wishes.error(), lang);
        return WrongUse;
    }
    const auto format = oneOf(parser, QStringLiteral("format"), {"text", "json", "csv"});
    if (!format)
        return WrongUse;
    // Programs get one result, at the end; people see it grow.
    const auto told = [&](const LoadTestReport &report) {
        if (*format == u"text")
            out() << loadTestText(report, lang) << QStringLiteral("────\n") << Qt::flush;
    };
    const auto report = wishes->follow ? followReport(*wishes, told) : readReport(*wishes);
    if (!report) {
        complain(report.error(), lang);
        return WrongUse;
    }
    if (!wishes->plot.isEmpty()) {
        if (const auto drawn = plotLoadTest(*report, wishes->plot, lang); !drawn) {
            complain(drawn.error(), lang);
            return WrongUse;
        }
    }
    if (*format == u"json")
        out() << loadTestJson(*report, lang) << Qt::flush;
    else if (*format == u"csv")
        out() << loadTestCsv(*report) << Qt::flush;
    else
        out() << loadTestText(*report, lang) << Qt::flush;
    return Ok;
}

} // namespace

const Command &loadtestCommand()
{
    static const Command command{
        "loadtest",
        "loadtest FILE… [--pods N[,N…]] [--steps 100,150,…|0-60:100,…] [--ratio K] [--shortfall PERCENT] [--target MS] "
        "[--compare FILE]… [--follow] [--format text|json|csv] [--plot FILE.svg|pdf|png] [--lang ja|en]",
        {"負荷試験の結果を読み、段ごとの表と膝を出します。", "Read a load test's results; print its steps and the knee."},
        "  tenken loadtest simulation.log\n"
        "  tenken loadtest k6.json.gz --format json\n"
        "  tenken loadtest hey-*.csv --steps 100,150,200 --pods 1 --plot knee.svg\n"
        "  tenken loadtest pods-1.log pods-2.log pods-4.log\n"
        "  tenken loadtest new.jtl --compare old.jtl\n",
        false, addLoadTestOptions, run, "plot"};
    return command;
}

} // namespace tenken::app
