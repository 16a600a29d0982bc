using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Client.EntityFrameworkCore;
using Waybill.Outbox.Tests.Support;

namespace Waybill.Outbox.Tests;

/// <summary>Rules out that what is set up wrongly is noticed only with the first row.</summary>
public sealed class RegistrationTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Theory]
    [InlineData("PollInterval", "00:00:00.01", "must be 00:00:00.0500000 to 01:00:00")]
    [InlineData("Lease", "00:00:01", "must be 00:00:10 to 01:00:00")]
    [InlineData("BatchSize", "101", "must be 1 to 100")]
    [InlineData("Senders", "0", "must be 1 to 16")]
    [InlineData("MaxPause", "02:00:00", "must be 00:00:01 to 01:00:00")]
    public async Task A_setting_out_of_range_keeps_the_host_from_starting(string setting, string value, string message)
    {
        await using var database = new SqliteFile();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => Shop.StartAsync(
            database,
            Nowhere,
            options => options.PollInterval = setting == "PollInterval" ? TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : options.PollInterval,
            more: builder => builder.Configuration.AddInMemoryCollection([new($"Waybill:Outbox:{setting}", value)])));

        Assert.Contains($"Waybill:Outbox:{setting} {message}, but is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_without_the_table_keeps_the_host_from_starting()
    {
        await using var database = new SqliteFile();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Shop.StartAsync(
            database,
            Nowhere,
            more: builder => builder.Services.AddDbContext<EmptyDb>(options => options.UseSqlite("Data Source=:memory:")).AddWaybillOutbox<EmptyDb>()));

        Assert.Contains("AddWaybillOutbox()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_never_be_sent_is_refused_where_it_is_added()
    {
        using var db = new ShopDb(new DbContextOptionsBuilder<ShopDb>().UseSqlite("Data Source=:memory:").Options);

        Assert.Throws<ArgumentException>(() => db.Publish("", "customer-1", 1));
        Assert.Throws<ArgumentException>(() => db.Publish("order.created", "", 1));
        Assert.Throws<ArgumentException>(() => db.Notify("", 1));
        Assert.Empty(db.ChangeTracker.Entries());
    }

    [Fact]
    public void The_table_has_its_names_whatever_the_application_calls_it()
    {
        using var db = new NamedDb(new DbContextOptionsBuilder<NamedDb>().UseNpgsql("Host=nowhere").Options);
        var script = db.Database.GenerateCreateScript();

        Assert.Contains("CREATE TABLE sending.outgoing (", script, StringComparison.Ordinal);
        Assert.Contains("CREATE INDEX ix_outgoing_due ON sending.outgoing (due_at, id);", script, StringComparison.Ordinal);
    }

    private sealed class EmptyDb(DbContextOptions<EmptyDb> options) : DbContext(options);

    private sealed class NamedDb(DbContextOptions<NamedDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWaybillOutbox("outgoing", "sending");
    }
}
