using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Waybill.Notifications.Records;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Queries.Listing;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Queries.Export;

[Collection(StatusCollection.Name)]
public sealed class ExportTests(StatusFixture fixture)
{
    private static readonly DateTimeOffset FirstDay = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static int _days;

    private readonly ListClient _list = new(fixture);
    private readonly DateTimeOffset _day = FirstDay.AddDays(Interlocked.Increment(ref _days));

    private string Window => $"from={ListClient.Text(_day)}&to={ListClient.Text(_day.AddDays(1))}";

    [Fact]
    public async Task It_has_all_that_the_list_has_in_its_order_over_many_pages()
    {
        var ids = await _list.PutAsync(Enumerable.Range(0, 1500).Select(n => _day.AddSeconds(n)));
        await _list.PutAsync([_day], owner: "bob");

        var lines = (await GetAsync(Window)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(ids.Reverse(), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_line_is_what_the_list_has()
    {
        await _list.PutAsync([_day]);

        var item = (await _list.ListAsync(Window)).GetProperty("items")[0].GetRawText();

        Assert.Equal(item + "\n", await GetAsync(Window));
    }

    [Fact]
    public async Task Filters_are_those_of_the_list()
    {
        var failed = await _list.PutAsync([_day], status: NotificationStatus.Failed);
        await _list.PutAsync([_day], status: NotificationStatus.Success);

        Assert.Contains(Assert.Single(failed), await GetAsync($"{Window}&status=FAILED&final=true"), StringComparison.Ordinal);
        Assert.Equal("", await GetAsync($"{Window}&status=FAILED&final=true&host=nobody.example"));
    }

    [Fact]
    public async Task Csv_has_a_header_and_a_row_each_with_what_needs_it_quoted()
    {
        var id = Assert.Single(await _list.PutAsync([_day], url: "https://a.example:8443/x?a,b", correlationId: "say \"hi\", \nplease", status: NotificationStatus.Failed, change: item =>
            item[StoredNames.DeliveryResult] = StoredValue.Of(ResultMap.Write(Results.ServerError()))));

        var text = await GetAsync($"{Window}&format=csv");

        Assert.Equal(
            "id,owner,status,final,category,statusCode,errorCode,host,method,url,correlationId,attempts,createdAt,deliveredAt,lastUpdatedAt,unreadable\r\n"
            + $"{id},alice,FAILED,true,SERVER_ERROR,503,http_503,a.example:8443,POST,\"https://a.example:8443/x?a,b\",\"say \"\"hi\"\", \nplease\",0,{ListClient.Text(_day)},,{ListClient.Text(_day)},\r\n",
            text);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("a=1", "a=1")]
    public async Task A_text_that_a_client_chose_is_no_formula_in_a_spreadsheet(string correlationId, string field)
    {
        await _list.PutAsync([_day], correlationId: correlationId);

        Assert.Contains($",{field},", await GetAsync($"{Window}&format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_line_that_says_why()
    {
        var id = Assert.Single(await _list.PutAsync([_day], change: item => item[StoredNames.Version] = StoredValue.Of("two")));

        var line = JsonDocument.Parse(await GetAsync(Window)).RootElement;

        Assert.Equal(id, line.GetProperty("id").GetString());
        Assert.Contains("ver", line.GetProperty("unreadable").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{id},,,,", await GetAsync($"{Window}&format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var ndjson = await http.GetAsync($"/v1/notifications/export?{Window}");
        using var csv = await http.GetAsync("/v1/notifications/export?format=csv");

        Assert.Equal("application/x-ndjson", ndjson.Content.Headers.ContentType!.ToString());
        Assert.Equal("text/csv; charset=utf-8", csv.Content.Headers.ContentType!.ToString());
        Assert.Equal("notifications.csv", csv.Content.Headers.ContentDisposition!.FileName);
        Assert.True(csv.Headers.Contains("Waybill-Accepted-Estimate"));
    }

    [Theory]
    [InlineData("format=xml", "format")]
    [InlineData("limit=10", "limit")]
    [InlineData("cursor=a", "cursor")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2021-01-02T00:00:01Z", "from")]
    [InlineData("owner=bob", "owner")]
    public async Task What_is_not_allowed_is_named(string query, string parameter)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var answer = await http.GetAsync($"/v1/notifications/export?{query}");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task One_owner_has_two_at_a_time_and_others_theirs()
    {
        // More than the buffers on the way hold, and nobody reads it.
        await _list.PutAsync(Enumerable.Range(0, 6000).Select(n => _day.AddSeconds(n)), url: "https://a.example/" + new string('a', 1500));
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        using var first = await OpenAsync(http);
        using var second = await OpenAsync(http);

        using var third = await OpenAsync(http);
        using var operators = fixture.Status.CreatePublicClient(TestKeys.Operator);
        using var others = await OpenAsync(operators);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, third.StatusCode, others.StatusCode));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(TestKeys.Internal, HttpStatusCode.Forbidden)]
    public async Task Others_are_refused(string? key, HttpStatusCode status)
    {
        using var http = fixture.Status.CreatePublicClient(key);
        using var answer = await http.GetAsync("/v1/notifications/export");

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpClient http) =>
        await http.GetAsync($"/v1/notifications/export?{Window}", HttpCompletionOption.ResponseHeadersRead);

    private async Task<string> GetAsync(string query)
    {
        using var http = fixture.Status.CreatePublicClient(TestKeys.Alice);
        return await http.GetStringAsync($"/v1/notifications/export?{query}");
    }
}
