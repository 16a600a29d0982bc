using System.Text;
using Microsoft.Extensions.Time.Testing;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Sealing;
using Waybill.Notifications.StatusApi.Endpoints;
using Waybill.StatusService.Store.Items;
using Waybill.StatusService.Tests.Support;
using Waybill.TestSupport;

namespace Waybill.StatusService.Tests.Endpoints;

/// <summary>What intake asks for about endpoints, on a real table: each is stored as asked, once, and a change that was decided on something else is not.</summary>
[Collection(StatusCollection.Name)]
public sealed class EndpointTests(StatusFixture fixture)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestTenant _tenant = new(fixture);

    private EndpointClient Client => fixture.Status.Endpoints;

    [Fact]
    public async Task A_new_endpoint_is_stored_as_it_was_given()
    {
        var request = _tenant.Creation("order.*", "user.created") with { RetrySchedule = [1, 2], TimeoutSeconds = 7 };

        var endpoint = (await Client.CreateAsync(request, None)).Endpoint!;

        var read = EndpointItem.Read((await _tenant.ReadAsync(request.Key))!);
        Assert.Equal((request.Key, EndpointStatus.Active, 1), (new EndpointKey(read.Owner, read.Tenant, read.Id), read.Status, read.Version));
        Assert.Equal((request.Url, request.Description, request.TimeoutSeconds, request.Fingerprint), (read.Url, read.Description, read.TimeoutSeconds, read.Fingerprint));
        Assert.Equal(request.Types, read.Types);
        Assert.Equal(request.Headers, read.Headers);
        Assert.Equal(request.RetrySchedule, read.RetrySchedule);
        Assert.Equal((read.CreatedAt, read.LastUpdatedAt), (endpoint.CreatedAt, endpoint.LastUpdatedAt));
    }

    [Fact]
    public async Task A_secret_has_32_random_bytes_and_is_sealed_in_the_table()
    {
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        var (_, other) = await _tenant.CreateAsync("*");

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret[6..]).Length);
        Assert.NotEqual(secret, other);

        var stored = string.Join(" ", ItemText.Of(await _tenant.ReadAsync(_tenant.KeyOf(endpoint))).Values);
        Assert.Contains(endpoint.Url, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[6..], stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.ASCII.GetBytes(secret))[..20], stored, StringComparison.Ordinal);
        Assert.Equal([secret], Opened(endpoint));
    }

    [Fact]
    public async Task The_same_request_again_finds_its_endpoint_and_is_told_its_secret()
    {
        var request = _tenant.Creation("*");
        var first = await Client.CreateAsync(request, None);

        var again = await Client.CreateAsync(request, None);

        Assert.Equal((true, false), (first.Applied, again.Applied));
        Assert.Equal((first.Answer!.Secret, 1), (again.Answer!.Secret, again.Endpoint!.Version));
    }

    [Fact]
    public async Task Another_request_with_its_id_finds_it_as_it_is()
    {
        var request = _tenant.Creation("*");
        await Client.CreateAsync(request, None);

        var other = await Client.CreateAsync(request with { Url = "https://example.com/other", Fingerprint = "other" }, None);

        Assert.False(other.Applied);
        Assert.Equal((request.Url, request.Fingerprint), (other.Endpoint!.Url, other.Endpoint.Fingerprint));
    }

    [Fact]
    public async Task Of_creations_with_the_same_id_at_the_same_time_one_is_stored()
    {
        var request = _tenant.Creation("*");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Client.CreateAsync(request, None)));

        Assert.Single(outcomes, outcome => outcome.Applied);
        Assert.Single(outcomes.Select(outcome => outcome.Answer!.Secret).Distinct());
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var request = _tenant.Creation("order.*") with { RetrySchedule = [1] };
        var before = (await Client.CreateAsync(request, None)).Endpoint!;

        var after = await _tenant.ChangeAsync(before, change => change with { Url = "https://example.com/repaired" });

        Assert.Equal(("https://example.com/repaired", 2), (after.Url, after.Version));
        Assert.Equal((before.Description, before.TimeoutSeconds, before.CreatedAt), (after.Description, after.TimeoutSeconds, after.CreatedAt));
        Assert.Equal(before.Types, after.Types);
        Assert.Equal(before.Headers, after.Headers);
        Assert.Equal(before.RetrySchedule, after.RetrySchedule);
        Assert.Equal(Opened(before), Opened(after));
    }

    [Fact]
    public async Task Each_field_can_be_changed_and_what_is_optional_taken_away()
    {
        var (endpoint, _) = await _tenant.CreateAsync("order.*");
        var headers = new Dictionary<string, string> { ["X-Other"] = "1" };

        var changed = await _tenant.ChangeAsync(endpoint, change => change with { Description = "New", Types = ["*"], Headers = headers, TimeoutSeconds = 3, RetrySchedule = [] });
        Assert.Equal(("New", 3), (changed.Description, changed.TimeoutSeconds));
        Assert.Equal(["*"], changed.Types);
        Assert.Equal(headers, changed.Headers);
        Assert.Equal([], changed.RetrySchedule!);

        var emptied = await _tenant.ChangeAsync(endpoint, change => change with { Description = "", Headers = new Dictionary<string, string>(), DefaultSchedule = true });
        Assert.Null(emptied.Description);
        Assert.Empty(emptied.Headers);
        Assert.Null(emptied.RetrySchedule);
        Assert.Equal(3, emptied.Version);
    }

    [Fact]
    public async Task Of_changes_that_were_decided_on_the_same_version_one_applies()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            Client.ChangeAsync(new ChangeEndpointRequest { Key = _tenant.KeyOf(endpoint), Version = 1, Url = $"https://example.com/{number}" }, None)));

        var winner = Assert.Single(outcomes, outcome => outcome.Applied);
        Assert.All(outcomes, outcome => Assert.Equal((2, winner.Endpoint!.Url), (outcome.Endpoint!.Version, outcome.Endpoint.Url)));
    }

    [Fact]
    public async Task What_was_decided_on_another_version_is_not_done()
    {
        var (endpoint, secret) = await _tenant.CreateAsync("*");
        var key = _tenant.KeyOf(endpoint);

        EndpointOutcome[] outcomes =
        [
            await Client.ChangeAsync(new ChangeEndpointRequest { Key = key, Version = 2, Url = "https://example.com/late" }, None),
            await Client.RotateSecretAsync(new RotateSecretRequest(key, 2), None),
            await Client.DeleteAsync(new DeleteEndpointRequest(key, 2), None),
        ];

        Assert.All(outcomes, outcome => Assert.Equal((false, 1, endpoint.Url, null), (outcome.Applied, outcome.Endpoint!.Version, outcome.Endpoint.Url, outcome.Answer!.Secret)));
        Assert.Equal([secret], Opened(EndpointItem.Read((await _tenant.ReadAsync(key))!)));
    }

    [Fact]
    public async Task A_rotated_secret_is_new_and_the_old_one_is_valid_as_long_as_was_said()
    {
        var (endpoint, first) = await _tenant.CreateAsync("*");
        var until = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds());

        var rotated = await Client.RotateSecretAsync(new RotateSecretRequest(_tenant.KeyOf(endpoint), KeepOldUntil: until), None);

        var second = rotated.Answer!.Secret!;
        Assert.True(rotated.Applied);
        Assert.NotEqual(first, second);
        Assert.Equal([second, first], Opened(rotated.Endpoint!));
        Assert.Equal([null, until], rotated.Endpoint!.Secrets.Select(secret => secret.Until));
    }

    [Fact]
    public async Task Without_such_a_time_the_old_one_is_gone()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");

        var rotated = await Client.RotateSecretAsync(new RotateSecretRequest(_tenant.KeyOf(endpoint)), None);

        Assert.Equal([rotated.Answer!.Secret!], Opened(rotated.Endpoint!));
    }

    [Fact]
    public async Task A_secret_whose_time_has_passed_is_not_kept_by_a_further_rotation()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var transitions = new StoreParts(fixture.Table, time).EndpointTransitions;
        RotateSecretRequest InAnHour() => new(_tenant.KeyOf(endpoint), KeepOldUntil: time.GetUtcNow().AddHours(1));

        var first = await transitions.RotateSecretAsync(InAnHour(), None);
        time.Advance(TimeSpan.FromHours(1));
        var second = await transitions.RotateSecretAsync(InAnHour(), None);

        Assert.Equal([second.Answer!.Secret!, first.Answer!.Secret!], Opened(second.Endpoint!));
    }

    [Fact]
    public async Task No_rotation_of_the_same_moment_loses_the_secret_of_another()
    {
        var (endpoint, first) = await _tenant.CreateAsync("*");
        var request = new RotateSecretRequest(_tenant.KeyOf(endpoint), KeepOldUntil: DateTimeOffset.UtcNow.AddHours(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Client.RotateSecretAsync(request, None)));

        Assert.All(outcomes, outcome => Assert.True(outcome.Applied));
        Assert.Equal(
            outcomes.Select(outcome => outcome.Answer!.Secret!).Append(first).Order(StringComparer.Ordinal),
            Opened(EndpointItem.Read((await _tenant.ReadAsync(request.Key))!)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_deleted_keeps_no_secret_and_no_header_and_has_an_end()
    {
        var (endpoint, _) = await _tenant.CreateAsync("*");
        await Client.RotateSecretAsync(new RotateSecretRequest(_tenant.KeyOf(endpoint), KeepOldUntil: DateTimeOffset.UtcNow.AddHours(1)), None);

        await _tenant.DeleteAsync(endpoint);

        var item = (await _tenant.ReadAsync(_tenant.KeyOf(endpoint)))!;
        var read = EndpointItem.Read(item);
        Assert.Equal(EndpointStatus.Deleted, read.Status);
        Assert.Empty(read.Secrets);
        Assert.Empty(read.Headers);
        Assert.True(item.TimeInSeconds(StoredNames.ExpiresAt) > DateTimeOffset.UtcNow.AddDays(1));
    }

    [Fact]
    public async Task What_is_deleted_or_was_never_there_is_not_found()
    {
        var (deleted, _) = await _tenant.CreateAsync("*");
        await _tenant.DeleteAsync(deleted);

        foreach (var key in new[] { _tenant.KeyOf(deleted), _tenant.NewKey(), new TestTenant(fixture, "bob", _tenant.Name).KeyOf(deleted) })
        {
            EndpointOutcome[] outcomes =
            [
                await Client.ChangeAsync(new ChangeEndpointRequest { Key = key, Url = "https://example.com/" }, None),
                await Client.RotateSecretAsync(new RotateSecretRequest(key), None),
                await Client.DeleteAsync(new DeleteEndpointRequest(key), None),
            ];

            Assert.All(outcomes, outcome => Assert.Equal(new EndpointOutcome(false, null), outcome));
        }

        Assert.Equal(EndpointStatus.Deleted, EndpointItem.Read((await _tenant.ReadAsync(_tenant.KeyOf(deleted)))!).Status);
    }

    [Fact]
    public async Task A_creation_that_is_repeated_after_the_deletion_makes_nothing_and_tells_no_secret()
    {
        var request = _tenant.Creation("*");
        var created = (await Client.CreateAsync(request, None)).Endpoint!;
        await _tenant.DeleteAsync(created);

        var again = await Client.CreateAsync(request, None);

        Assert.False(again.Applied);
        Assert.Null(again.Answer!.Secret);
        Assert.True(again.Endpoint!.IsDeleted);
    }

    [Fact]
    public async Task A_tenant_has_100_endpoints_and_none_more_until_one_is_deleted()
    {
        await _tenant.PutManyAsync(EndpointBounds.MostOfTenant - 1);
        var (last, _) = await _tenant.CreateAsync("*");
        var request = _tenant.Creation("*");

        var refused = await Client.CreateAsync(request, None);

        Assert.Equal((false, null), (refused.Applied, refused.Endpoint));
        Assert.Null(await _tenant.ReadAsync(request.Key));
        await new TestTenant(fixture, "bob", _tenant.Name).CreateAsync("*");

        await _tenant.DeleteAsync(last);
        Assert.True((await Client.CreateAsync(request, None)).Applied);
    }

    [Fact]
    public async Task A_repeat_is_answered_also_where_there_is_no_room()
    {
        var request = _tenant.Creation("*");
        await Client.CreateAsync(request, None);
        await _tenant.PutManyAsync(EndpointBounds.MostOfTenant - 1);

        Assert.Equal(request.Key.Id, (await Client.CreateAsync(request, None)).Endpoint!.Id);
    }

    [Fact]
    public async Task Creations_of_the_same_moment_do_not_go_beyond_the_bound()
    {
        await _tenant.PutManyAsync(EndpointBounds.MostOfTenant - 2);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Client.CreateAsync(_tenant.Creation("*"), None)));

        var there = (await fixture.Parts.Endpoints.OfTenantAsync(_tenant.Owner, _tenant.Name, None)).Select(endpoint => endpoint.Id).ToHashSet();
        Assert.InRange(there.Count, EndpointBounds.MostOfTenant - 2, EndpointBounds.MostOfTenant);
        Assert.Equal(outcomes.Count(outcome => outcome.Applied), there.Count - (EndpointBounds.MostOfTenant - 2));
        Assert.All(outcomes.Where(outcome => outcome.Applied), outcome => Assert.Contains(outcome.Endpoint!.Id, there));
        Assert.All(outcomes.Where(outcome => !outcome.Applied), outcome => Assert.Null(outcome.Endpoint));
    }

    private static string[] Opened(EndpointRecord endpoint) =>
        [.. endpoint.Secrets.Select(secret => Encoding.ASCII.GetString(new Sealer([TestKeys.Sealing]).Open(secret.Sealed, endpoint.Owner, endpoint.Tenant, endpoint.Id)))];
}
