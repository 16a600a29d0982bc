using System.Text.Json;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Application;
using Waybill.EndToEnd.Tests.Browser.Support;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Browser.Views;

/// <summary>Rules out charts whose labels are cut off, and numbers that only those have who see the chart.</summary>
[Collection(WaybillCollection.Name)]
public sealed class ChartTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    /// <summary>Draws the overview's charts for values of every magnitude, and tells which labels are not wholly within their chart, or lie on each other.</summary>
    private const string CutLabels = """
        async ({ widths, sizes }) => {
          const { charts } = await import('/assets/views/overview-charts.js');
          const place = document.getElementById('main').appendChild(document.createElement('div'));
          const faults = [];

          for (const size of sizes) {
            document.documentElement.style.fontSize = size;

            for (const width of widths) {
              for (const bucketSeconds of [60, 3600, 86400]) {
                for (let exponent = -1; exponent <= 10; exponent += 0.5) {
                  draw(10 ** exponent, width, bucketSeconds).forEach((fault) => faults.push(`${fault} at ${width} px, ${size}, 10^${exponent}`));
                }
              }
            }
          }

          return faults;

          function draw(value, width, bucketSeconds) {
            const series = Array.from({ length: 60 }, (_, index) => ({
              start: new Date(Date.UTC(2026, 8, 20) + index * bucketSeconds * 1000).toISOString(),
              accepted: Math.round(value), succeeded: Math.round(value / 2), failed: Math.round(value / 3), attempts: Math.round(value),
              latencyP50: value / 3, latencyP90: value / 2, latencyP99: value,
            }));

            place.replaceChildren(...charts({ series, bucketSeconds, latencyP50: value, latencyP90: value, latencyP99: value }, width));
            return [...place.querySelectorAll('svg')].flatMap(faultsOf);
          }

          function faultsOf(svg) {
            const around = svg.getBoundingClientRect();
            const labels = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
            const cut = labels.filter(({ box }) => box.left < around.left || box.right > around.right || box.top < around.top || box.bottom > around.bottom);
            const meets = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
            const met = labels.filter(({ box }, index) => labels.some((other, at) => at < index && meets(box, other.box)));

            return [...cut.map(({ text }) => `"${text}" is cut`), ...met.map(({ text }) => `"${text}" lies on another`), ...(labels.length < 4 ? ['labels are missing'] : [])];
          }
        }
        """;

    /// <summary>How much of its card each chart takes, in per cent; and which labels are cut.</summary>
    private const string ShareOfCards = """
        () => [...document.querySelectorAll('figure')].flatMap((figure) => {
          const svg = figure.querySelector('svg');
          const around = svg.getBoundingClientRect();
          const style = getComputedStyle(figure);
          const room = figure.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          const cut = [...svg.querySelectorAll('text')].filter((text) => text.getBoundingClientRect().left < around.left || text.getBoundingClientRect().right > around.right);

          return [String(Math.round(100 * around.width / room)), ...cut.map((text) => `"${text.textContent}" is cut`)];
        })
        """;

    /// <summary>What the tables should say, from the same answer.</summary>
    private const string Figures = """
        async (answer) => {
          const { series } = JSON.parse(answer);
          const { number, duration } = await import('/assets/format.js');
          const time = (value) => (value === undefined || value === null ? '–' : duration(value));
          const counts = series.map((one) => [one.succeeded, one.failed, one.accepted, one.attempts].map(number));
          const times = series.map((one) => [one.latencyP50, one.latencyP90, one.latencyP99].map(time));
          return [counts, times].map((rows) => rows.flat());
        }
        """;

    [BrowserFact]
    public async Task No_label_is_cut_off_whatever_the_figures_the_width_and_the_size_of_text()
    {
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice, new() { ViewportSize = new() { Width = 1200, Height = 860 } });
        await visitor.HeadingAsync("Hosts in trouble");

        var faults = await visitor.Page.EvaluateAsync<string[]>(CutLabels, new { widths = new[] { 260, 540, 1100 }, sizes = new[] { "100%", "150%", "200%" } });

        Assert.Empty(faults);
        visitor.HasNoFaults();
    }

    [BrowserFact]
    public async Task On_a_phone_and_after_turning_it_the_charts_are_as_wide_as_their_cards_and_no_label_is_cut_off()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/200");
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice, new() { ViewportSize = new() { Width = 320, Height = 740 } });

        foreach (var (width, height) in new[] { (320, 740), (740, 320), (1200, 860) })
        {
            await visitor.Page.SetViewportSizeAsync(width, height);
            await Eventually.BecomesAsync(() => visitor.Page.EvaluateAsync<string[]>(ShareOfCards), shares => shares is ["100", "100"]);
            await visitor.FitsAsync();
        }
    }

    [BrowserFact]
    public async Task Each_chart_has_a_table_with_the_same_figures_that_opens_by_keyboard()
    {
        await fixture.Alice.PostAsync(fixture.Receiver.Url + "/503/200", 1);
        await using var visitor = await fixture.VisitAsAsync(TestKeys.Alice);
        await visitor.HeadingAsync("Hosts in trouble");

        // One answer for as long as it takes to read all of it.
        var answer = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.ReloadAsync(), response => response.Url.Contains("/v1/summary", StringComparison.Ordinal));
        var summary = await answer.JsonAsync<JsonElement>();
        await visitor.Page.RouteAsync("**/v1/summary*", route => route.FulfillAsync(new() { Json = summary }));
        var figures = visitor.Page.Locator("figure");
        await visitor.HeadingAsync("Hosts in trouble");
        var expected = await visitor.Page.EvaluateAsync<string[][]>(Figures, summary.GetRawText());

        for (var chart = 0; chart < 2; chart++)
        {
            var figure = figures.Nth(chart);
            await figure.Locator("summary").FocusAsync();
            await visitor.Page.Keyboard.PressAsync("Enter");
            await figure.GetByRole(AriaRole.Table).WaitForAsync();

            await Eventually.BecomesAsync(
                async () => await figure.Locator("tbody td").AllInnerTextsAsync(),
                cells => cells.SequenceEqual(expected[chart]));
        }

        visitor.HasNoFaults();
    }
}
