"""Slices of the collection as files: out (`scrapy export`) and in again (`scrapy import`)."""
